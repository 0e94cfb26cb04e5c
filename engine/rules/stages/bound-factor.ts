import { max } from "../../kernel/math.js";
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
 * The largest factor that a stage can give anybody in a list. Who has no bonus, and who is outside, has a factor of 1, whatever
 * the stage's own ceiling is.
 */
export function ceilingInList({ ceiling, isBonus }: BoundFactorStage, besideOutside: boolean): number {
  return isBonus === true || besideOutside ? max(1, ceiling) : ceiling;
}

/**
 * What a factor goes by besides what the miner itself holds, in words; null: nothing. Who knows only that cannot ask it again.
 * @throws RuleFault of a plug-in that fails
 */
export function goesBeyond(configuration: StageConfiguration): string | null {
  return typeof configuration.variant === "object" ? null : (boundFactor(configuration)?.beyond ?? null);
}

/** Is it a limit in TAO, for which the price of the epoch is needed? */
export function asksPrice({ parameters }: StageConfiguration): boolean {
  const { unit, atLeast } = parameters as { readonly unit?: string; readonly atLeast?: number };
  return unit === "tao" && atLeast !== 0;
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
