import type { PairsComparisonReport } from "../compare/pairs-comparison.js";
import { COMPARISON_CHECKS } from "./comparison/registry.js";
import type { Finding } from "./finding.js";
import { checked } from "./study-findings.js";

/** What the checks say of a comparison by pairs, the gravest first. */
export function comparisonFindings(comparison: PairsComparisonReport): readonly Finding[] {
  return checked(COMPARISON_CHECKS, comparison);
}
