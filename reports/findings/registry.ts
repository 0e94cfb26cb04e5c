import type { Check, CheckDeclaration } from "./check.js";
import { COMPARISON_CHECKS } from "./comparison/registry.js";
import type { SubnetEvidence } from "./evidence/run-evidence.js";
import { emissionLost } from "./run/emission-lost.js";
import { orderReversed } from "./run/order-reversed.js";
import { payBelowMinimum } from "./run/pay-below-minimum.js";
import { payGaps } from "./run/pay-gaps.js";
import { payTooConcentrated } from "./run/pay-too-concentrated.js";
import { payTooFlat } from "./run/pay-too-flat.js";
import { penaltyCancelled } from "./run/penalty-cancelled.js";
import { retentionWithoutEffect } from "./run/retention-without-effect.js";
import { stakeMissing } from "./run/stake-missing.js";
import { strategyBeatsHolding } from "./run/strategy-beats-holding.js";
import { TABLES_MISSING } from "./run/tables-missing.js";
import { tiersUnfilled } from "./run/tiers-unfilled.js";
import { WARNED } from "./run/warned.js";
import { weightsDistorted } from "./run/weights-distorted.js";
import { weightsEven } from "./run/weights-even.js";
import { REPLICATES_CHECKS } from "./study/replicates-checks.js";
import { TUNING_CHECKS } from "./study/tuning-checks.js";

/** What is asked of each subnet of a run: causes before what follows of them. A new check is one line here. */
export const SUBNET_CHECKS: readonly Check<SubnetEvidence>[] = [
  stakeMissing,
  weightsEven,
  payGaps,
  orderReversed,
  weightsDistorted,
  payTooFlat,
  payTooConcentrated,
  retentionWithoutEffect,
  penaltyCancelled,
  emissionLost,
  payBelowMinimum,
  tiersUnfilled,
];

/** All checks, in the order of the page that explains them (docs/explanation/findings.md). */
export const CHECKS: { readonly of: string; readonly checks: readonly CheckDeclaration[] }[] = [
  { of: "a run", checks: [...WARNED, ...SUBNET_CHECKS, strategyBeatsHolding, TABLES_MISSING] },
  { of: "replicates", checks: REPLICATES_CHECKS },
  { of: "a tuning", checks: TUNING_CHECKS },
  { of: "a comparison", checks: COMPARISON_CHECKS },
];
