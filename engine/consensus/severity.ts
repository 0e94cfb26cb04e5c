import { SEVERITIES, type Severity, type SeverityRules } from "./configuration.js";

/** What made a slash as severe as it is. */
export const SLASH_CAUSES = ["deviation", "repeated_deviations", "repeated_slashes", "falsified_attestation"] as const;
export type SlashCause = (typeof SLASH_CAUSES)[number];

/** How severe something is, and why; no cause where it is nothing. */
export interface Judgement {
  readonly severity: Severity;
  readonly cause: SlashCause | null;
}

/** Is `one` worse than `other`? */
export function isWorse(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
}

/** Severity of a deviation (0..1) by itself; bounds belong to the milder side (mechanisms 13). */
export function severityOf(deviation: number, rules: SeverityRules): Severity {
  if (deviation <= rules.minorAbove) return "none";
  if (deviation <= rules.moderateAbove) return "minor";
  if (deviation <= rules.severeAbove) return "moderate";
  if (deviation <= rules.criticalAbove || rules.worst === "severe") return "severe";
  return "critical";
}

/**
 * Severity with the rules that count (mechanisms 13): repeated deviations and repeated slashes set a floor.
 *
 * @param worst the worst that is to be judged now
 * @param deviations how many are in the window, the present one included
 * @param slashes how many there were before
 */
export function severityWithHistory(worst: Judgement, deviations: number, slashes: number, rules: SeverityRules): Judgement {
  const reaches = (count: number, from: number | null): boolean => from !== null && count >= from;
  let judged = worst;
  const raiseTo = (severity: Severity, cause: SlashCause): void => {
    if (isWorse(severity, judged.severity)) judged = { severity, cause };
  };
  if (reaches(deviations, rules.moderateFromDeviations)) raiseTo("moderate", "repeated_deviations");
  else if (reaches(deviations, rules.minorFromDeviations)) raiseTo("minor", "repeated_deviations");
  if (reaches(slashes, rules.severeFromSlashes) && (rules.severeFromSlashesApplies === "always" || judged.severity === "none")) {
    raiseTo("severe", "repeated_slashes");
  }
  return judged;
}
