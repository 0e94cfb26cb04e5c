import { stageOf } from "./index.js";
import { factsOf, type OneMiner } from "./one-miner.js";
import type { BoundFactorStage } from "./stage.js";
import type { StageConfiguration } from "./stage-configuration.js";

/**
 * A factor stage of a list as the engine asks it; null for a stage of another effect.
 * @throws RuleFault of a plug-in that fails
 */
export function boundFactor({ stage, parameters, variant, of }: StageConfiguration): BoundFactorStage | null {
  const declared = stageOf(stage);
  return declared.effect === "factor" ? declared.bind({ ...parameters, variant, of } as never) : null;
}

/**
 * Does a stage give each later bonus of a miner exactly 1? Not for limits in TAO without a price.
 * @throws RuleFault of a plug-in that fails
 */
export function withholdsFrom(configuration: StageConfiguration, miner: OneMiner): boolean {
  const bound = boundFactor(configuration);
  if (bound?.withholds === undefined) return false;
  const facts = factsOf(miner);
  // A stage may remember what it said of a miner's factor, and is asked in this order.
  bound.factor(facts, 0, null);
  return bound.withholds(facts, 0);
}
