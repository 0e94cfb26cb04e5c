import { Fraction } from "../kernel/decimal.js";
import { SLASHING_RULES } from "../rules/slashing/index.js";
import { SEVERITIES, type Severity, type SlashCause } from "../tables/vocabularies/consensus.js";
import type { SeverityRules } from "./configuration.js";

/** How severe something is, and why; no cause where it is nothing. */
export interface Judgement {
  readonly severity: Severity;
  readonly cause: SlashCause | null;
}

export const INNOCENT: Judgement = { severity: "none", cause: null };

/** Is `one` worse than `other`? */
export function isWorse(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
}

/**
 * What a validator did in an epoch, by itself (docs/explanation/consensus.md).
 * @param deviation 0..1
 * @param exactly the same deviation
 */
export function judgementOfEpoch(deviation: number, isFalsified: boolean, rules: SeverityRules, exactly: () => Fraction): Judgement {
  const conduct = { deviation, exactly, isFalsified, worst: rules.worst };
  return SLASHING_RULES.reduce((judged, rule) => {
    const severity = rule.bind(rules as never).inEpoch?.(conduct) ?? "none";
    return isWorse(severity, judged.severity) ? { severity, cause: rule.cause } : judged;
  }, INNOCENT);
}

/**
 * Severity of a deviation (0..1) by itself, whatever was attested.
 * @param exactly the same deviation; left out: the decimal that names it
 */
export function severityOf(deviation: number, rules: SeverityRules, exactly: () => Fraction = () => Fraction.decimal(deviation)): Severity {
  return judgementOfEpoch(deviation, false, rules, exactly).severity;
}

/**
 * Severity with the rules that count (docs/explanation/consensus.md): repeated deviations and repeated slashes set a floor.
 *
 * @param worst the worst that is to be judged now
 * @param deviations how many are in the window, the present one included
 * @param slashes how many there were before
 */
export function severityWithHistory(worst: Judgement, deviations: number, slashes: number, rules: SeverityRules): Judgement {
  return SLASHING_RULES.reduce((judged, rule) => {
    const severity = rule.bind(rules as never).overTime?.({ deviations, slashes, soFar: judged.severity }) ?? "none";
    return isWorse(severity, judged.severity) ? { severity, cause: rule.cause } : judged;
  }, worst);
}
