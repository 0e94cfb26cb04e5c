import type { ReportStyle } from "../reports/index.js";
import type { Terminal } from "./terminal.js";

/** How reports are drawn on this terminal. */
export function reportStyle({ colors, width }: Terminal): ReportStyle {
  return { width, bold: colors.bold, dim: colors.dim };
}
