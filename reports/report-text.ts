import type { Finding } from "./findings/finding.js";
import { findingsText } from "./findings/findings-text.js";
import type { ReportStyle } from "./style.js";
import { paragraph } from "./text/paragraph.js";
import { typedPath } from "./text/typed-path.js";

/** A page that was written. */
export interface WrittenReport {
  readonly path: string;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

const KB = 1000;

/** Where the page is, and what it says that somebody should look at. */
export function reportText({ path, bytes, findings }: WrittenReport, style: ReportStyle): string {
  const size = bytes < KB * KB ? `${Math.ceil(bytes / KB)} kB` : `${(bytes / KB / KB).toFixed(1)} MB`;
  const lines = [paragraph(`Wrote ${typedPath(path)} (${size})`, style)];
  lines.push("", findingsText(findings, style));
  return `${lines.join("\n")}\n`;
}
