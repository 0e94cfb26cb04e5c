import { gini } from "./gini.js";
import { herfindahl } from "./herfindahl.js";
import { lorenz } from "./lorenz.js";
import { nakamoto } from "./nakamoto.js";
import { rankCorrelation } from "./rank-correlation.js";
import { theil } from "./theil.js";
import { topShare } from "./top-share.js";

/** How evenly something is spread (docs/explanation/rewards.md). Where there is nothing, all are 0 and the Lorenz curve is the diagonal. */
export interface Fairness {
  /** Members, those with nothing included. */
  readonly count: number;
  readonly totalRao: number;
  /** 0..1. */
  readonly gini: number;
  /** 0..ln(count). */
  readonly theil: number;
  /** 1 / count..1. */
  readonly herfindahl: number;
  /** How few together have more than half. */
  readonly nakamoto: number;
  /** Share of the largest, 0..1. */
  readonly top1Share: number;
  /** Share of the ten largest, 0..1. */
  readonly top10Share: number;
  /** Share of the poorest 0, 10, ..., 100 % of the members. */
  readonly lorenz: Float64Array;
  /** Spearman's correlation of score and pay, -1..1; 0 where it is not defined. */
  readonly scorePayCorrelation: number;
}

/**
 * Measures a distribution.
 *
 * @param amountsRao by member, 0 or more; nobody is left out
 * @param scores by member
 */
export function measureFairness(amountsRao: Float64Array, scores: Float64Array): Fairness {
  const ascending = Float64Array.from(amountsRao).sort();
  let totalRao = 0;
  for (let i = 0; i < amountsRao.length; i++) totalRao += amountsRao[i];
  return {
    count: amountsRao.length,
    totalRao,
    gini: gini(ascending),
    theil: theil(amountsRao),
    herfindahl: herfindahl(amountsRao),
    nakamoto: nakamoto(ascending),
    top1Share: topShare(ascending, 1),
    top10Share: topShare(ascending, 10),
    lorenz: lorenz(ascending),
    scorePayCorrelation: rankCorrelation(scores, amountsRao),
  };
}
