import { Fraction } from "../kernel/decimal.js";
import { SEVERITIES, type Severity, type SlashCause } from "../tables/vocabularies/consensus.js";
import type { SeverityRules } from "./configuration.js";
import { isAbove } from "./deviation.js";

/** How severe something is, and why; no cause where it is nothing. */
export interface Judgement {
  readonly severity: Severity;
  readonly cause: SlashCause | null;
}

/** Is `one` worse than `other`? */
export function isWorse(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
}

/**
 * Severity of a deviation (0..1) by itself; bounds belong to the milder side, as the decimals they are (docs/explanation/consensus.md).
 * @param exactly the same deviation; left out: the decimal that names it
 */
export function severityOf(deviation: number, rules: SeverityRules, exactly: () => Fraction = () => Fraction.decimal(deviation)): Severity {
  const above = (bound: number): boolean => isAbove(deviation, bound, exactly);
  if (!above(rules.minorAbove)) return "none";
  if (!above(rules.moderateAbove)) return "minor";
  if (!above(rules.severeAbove)) return "moderate";
  return rules.worst === "severe" || !above(rules.criticalAbove) ? "severe" : "critical";
}

/**
 * Severity with the rules that count (docs/explanation/consensus.md): repeated deviations and repeated slashes set a floor.
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
