import type { ReportStyle } from "../reports/index.js";
import { legible } from "./printable.js";
import type { Terminal } from "./terminal.js";

/** How reports are drawn on this terminal. */
export function reportStyle({ styles, width }: Terminal): ReportStyle {
  return { width, ...styles, legible };
}
