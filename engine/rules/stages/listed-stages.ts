import { poolsOf } from "./list-order.js";
import type { StageConfiguration } from "./stage-configuration.js";
import { stakeRuleOf } from "./stake-rules/index.js";

/** The stages of a list, each followed by those of the lists in it. */
export function withInner(stages: readonly StageConfiguration[]): readonly StageConfiguration[] {
  return stages.flatMap((one) => [one, ...poolsOf(one).flatMap((pool) => withInner(pool.stages))]);
}

/** The multipliers of a list that go by what is held of what was received: a rule of `vesting`, or of a file. */
export function holdingMultipliers(stages: readonly StageConfiguration[]): readonly StageConfiguration[] {
  return withInner(stages).filter(({ stage, variant }) => stage === "multiplier" && stakeRuleOf(variant) === undefined);
}
