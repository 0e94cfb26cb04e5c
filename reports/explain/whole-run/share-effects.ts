import { logMoved } from "./log-moved.js";

/** A miner's share of the pot on its way through one stage of a list, by epoch. */
interface StageShares {
  readonly before: Float64Array;
  readonly factor: Float64Array;
  readonly after: Float64Array;
}

/** By what a term of a list moves a miner's share of the pot. */
export interface ShareEffect {
  /**
   * How far it alone moved the share from one epoch to another, on a log scale: below 0 where it took some, infinite from or to 0, and 0
   * where it did not. What all terms of a list moved sums to what the share moved.
   */
  move(then: number, now: number): number;
  /** The share after all stages. */
  share(epoch: number): number;
}

/** Of a list: each stage, what the factors of others did to it, and the base weight. */
export interface ListEffects {
  readonly base: ShareEffect;
  readonly own: readonly ShareEffect[];
  readonly others: readonly ShareEffect[];
}

/**
 * What each stage of a list does by itself: a factor what it multiplies by, and apart from it what the factors of others make of that; a
 * stage that gives out shares anew the share after over the share before. The first of these decides what a base weight is worth, so that
 * moves of the base weight are in its own; a list of factors alone has them apart.
 * @param stages in the order of the list, each of which has shares in every epoch in which the miner has a weight
 */
export function listEffects(stages: readonly (StageShares & { readonly isFactor: boolean })[]): ListEffects {
  const [first] = stages;
  const last = stages[stages.length - 1];
  const share = (epoch: number) => last.after[epoch];
  const anew = stages.findIndex(({ isFactor }) => !isFactor);
  const base = (then: number, now: number) => logMoved(first.before[then], first.before[now]);
  const whole = ({ before, after }: StageShares, then: number, now: number) =>
    known(logMoved(after[then], after[now]) - logMoved(before[then], before[now]));
  const own = stages.map((one, at): ShareEffect => {
    if (one.isFactor) return { share, move: (then, now) => logMoved(one.factor[then], one.factor[now]) };
    if (at !== anew) return { share, move: (then, now) => whole(one, then, now) };
    // Not by its share before: where that went from or to 0, what did that is told apart from what the base weight did.
    const factors = stages.slice(0, at);
    const led = (then: number, now: number) => factors.reduce((sum, factor) => sum + whole(factor, then, now), 0);
    return { share, move: (then, now) => known(logMoved(one.after[then], one.after[now]) - led(then, now)) };
  });
  const others = stages.map((one): ShareEffect => {
    if (!one.isFactor) return { share, move: () => 0 };
    return { share, move: (then, now) => known(whole(one, then, now) - logMoved(one.factor[then], one.factor[now])) };
  });
  return { base: { share, move: anew === -1 ? base : () => 0 }, own, others };
}

function known(move: number): number {
  return Number.isNaN(move) ? 0 : move;
}
