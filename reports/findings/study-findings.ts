import type { StudySummary } from "../study-summary.js";
import type { TuningReport } from "../tuning/tuning-report.js";
import type { Check } from "./check.js";
import type { Finding } from "./finding.js";
import { bySeverity } from "./severity.js";
import { REPLICATES_CHECKS } from "./study/replicates-checks.js";
import { TUNING_CHECKS } from "./study/tuning-checks.js";

/** What the checks say of many replicates of a scenario, the gravest first. */
export function replicatesFindings(study: StudySummary): readonly Finding[] {
  return checked(REPLICATES_CHECKS, study);
}

/** What they say of a tuning. */
export function tuningFindings(tuning: TuningReport): readonly Finding[] {
  return checked(TUNING_CHECKS, tuning);
}

/** All findings of some checks. */
export function checked<Evidence>(checks: readonly Check<Evidence>[], evidence: Evidence): readonly Finding[] {
  const found = checks.flatMap(({ code, applies, find }) => {
    const one = (applies?.(evidence) ?? true) ? find(evidence) : null;
    return one === null ? [] : [{ code, ...one }];
  });
  return bySeverity(found);
}
