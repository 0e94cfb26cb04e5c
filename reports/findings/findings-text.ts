import { plural } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { hanging } from "../text/paragraph.js";
import type { Finding } from "./finding.js";

/** Findings for the terminal, each with its evidence and what could be tried. */
export function findingsText(findings: readonly Finding[], style: ReportStyle): string {
  if (findings.length === 0) return hanging("Findings ", "none: no check found anything.", style, { lead: style.bold });
  const counts = (["serious", "warning", "note"] as const).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [severity === "serious" ? `${count} serious` : plural(count, severity)];
  });
  const texts = findings.map((finding) => findingText(finding, style));
  return [hanging("Findings ", counts.join(", "), style, { lead: style.bold }), ...texts].join("\n\n");
}

function findingText({ code, severity, title, evidence, tries }: Finding, style: ReportStyle): string {
  return [
    hanging(`${severity} `, style.legible(`${title} (${code})`), style, { lead: style.bold }),
    ...evidence.map((line) => hanging("  - ", style.legible(line), style)),
    ...tries.map((line) => hanging("  try ", style.legible(line), style)),
  ].join("\n");
}
