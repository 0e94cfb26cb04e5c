import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import type { Check } from "../check.js";
import { differenceMayBeLuck } from "./difference-may-be-luck.js";
import { minersLoseMost } from "./miners-lose-most.js";
import { noDifference } from "./no-difference.js";
import { pairsFailed } from "./pairs-failed.js";
import { payShifts } from "./pay-shifts.js";
import { sellersGain } from "./sellers-gain.js";

/** What is asked of a comparison by pairs. */
export const COMPARISON_CHECKS: readonly Check<PairsComparisonReport>[] = [
  pairsFailed,
  noDifference,
  differenceMayBeLuck,
  payShifts,
  minersLoseMost,
  sellersGain,
];
