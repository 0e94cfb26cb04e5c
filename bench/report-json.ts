import type { BenchReport } from "./bench-report.js";

/** The report as JSON, the measurements of a thing on one line. */
export function reportJson(report: BenchReport): string {
  const text = JSON.stringify(report, undefined, 2);
  return `${text.replace(/\[\s*([-\d.,\s]+?)\s*\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, " ")}]`)}\n`;
}
