import type { Finding } from "../findings/finding.js";
import type { ReportStyle } from "../style.js";
import { hanging, paragraph } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

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
  if (findings.length > 0) lines.push("", style.bold("Findings"));
  for (const { severity, title, evidence, tries } of findings) {
    lines.push(hanging(`  ${severity.padEnd(9)}`, style.legible(title), style));
    for (const line of evidence) lines.push(hanging("             ", style.legible(line), style));
    for (const line of tries) lines.push(hanging("        try: ", style.legible(line), style));
  }
  return `${lines.join("\n")}\n`;
}
