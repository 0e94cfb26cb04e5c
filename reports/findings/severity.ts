import type { Finding } from "./finding.js";

const ORDER: readonly Finding["severity"][] = ["serious", "warning", "note"];

/** Serious ones first; of one severity in the order they were found in. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** The gravest of some severities. */
export function gravest(severities: readonly Finding["severity"][]): Finding["severity"] {
  return ORDER.find((one) => severities.includes(one)) ?? "note";
}
