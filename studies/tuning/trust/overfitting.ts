import { meanOf } from "../../statistics/mean.js";
import { type Cscv, cscv } from "./cscv.js";

/** Blocks of an analysis at most: ten have 252 splits. */
const MOST_BLOCKS = 10;
/** Observations that it needs: two blocks a half. */
const FEWEST_OBSERVATIONS = 4;

/** What an analysis of overfitting was made of, and what it says. */
export interface Overfitting extends Cscv {
  readonly blocks: number;
  /** Trials that finished, by their number among all: `chosen` counts among these. */
  readonly trials: readonly number[];
}

/**
 * How far a choice by the best of some observations is overfitted to them: combinatorially symmetric cross-validation (`cscv.ts`) over an even number of
 * blocks of neighbouring observations, at most ten.
 * @param losses by trial and observation, of one objective, smaller is better, finite; null: the trial failed, and is left out
 * @param against what counts as a loss of performance: `zero`, performance is the loss with its sign changed; `mean_of_trials`, it is how
 *   much better than the mean of all trials in the same block. Choices and ranks are the same
 * @returns null for fewer than four observations, or fewer than two trials that finished
 */
export function overfitting(
  losses: readonly (readonly number[] | null)[],
  against: "zero" | "mean_of_trials" = "zero",
): Overfitting | null {
  const trials = losses.flatMap((own, trial) => (own === null ? [] : [trial]));
  const finished = losses.filter((own) => own !== null);
  const observations = Math.min(...finished.map((own) => own.length));
  if (finished.length < 2 || observations < FEWEST_OBSERVATIONS) return null;
  const blocks = Math.min(MOST_BLOCKS, observations - (observations % 2));
  const border = (at: number) => Math.floor((observations * at) / blocks);
  const performance = Array.from({ length: blocks }, (_, at) => {
    const means = finished.map((own) => meanOf(own.slice(border(at), border(at + 1))));
    const base = against === "zero" ? 0 : meanOf(means);
    return means.map((mean) => base - mean);
  });
  return { ...cscv(performance), blocks, trials };
}
