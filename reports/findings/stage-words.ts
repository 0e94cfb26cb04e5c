import { gini } from "../../engine/index.js";
import { statedTitle } from "../stage-step.js";
import { asksHolding, type SubnetEvidence } from "./evidence/run-evidence.js";

/** Name and place of a stage of the list: "stage 2 (curve geometric)". */
export function stageName({ rules }: SubnetEvidence, stage: number): string {
  const configuration = rules.stages?.stages[stage - 1];
  if (configuration === undefined) return `stage ${stage}`;
  return `stage ${stage} (${statedTitle(configuration)})`;
}

/** Does the scenario name a rule that looks at holding: `vesting` or a stage `multiplier`? */
export function hasRetention({ kind, rules }: SubnetEvidence): boolean {
  if (rules.vesting.mode === "off" || !asksHolding(kind, rules)) return false;
  return rules.stages === null || rules.stages.stages.some(({ stage }) => stage === "multiplier");
}

/** Gini coefficient of shares, by miners with any before the stage. */
export function giniOfShares(shares: Float64Array): number {
  return gini(Float64Array.from(shares).sort());
}
