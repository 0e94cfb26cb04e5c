import { InvariantError, math, TenureError } from "../../../engine/index.js";
import { compensatedSum } from "../../statistics/compensated-sum.js";
import { type Dominance, stochasticDominance } from "./stochastic-dominance.js";
import { binomial } from "./subsets.js";

/** What all splits of the blocks say of a choice by in-sample performance. */
export interface Cscv {
  /** Ways to part the blocks into two halves: blocks over half of them. */
  readonly splits: number;
  /** Share of the splits in which the chosen trial is out of sample no better than the median of all: the probability of overfitting. */
  readonly overfittingProbability: number;
  /** Share of the splits in which the chosen trial loses out of sample: its performance is below 0. */
  readonly lossProbability: number;
  /** Out-of-sample performance of the chosen on its in-sample performance, by least squares; null: in sample it is the same in all splits. */
  readonly degradation: { readonly slope: number; readonly intercept: number; readonly r2: number | null } | null;
  /** Out-of-sample performance of the chosen against that of all trials: is to choose better than to take any? */
  readonly dominance: Dominance;
  /** Of each split: the trial that is best in sample. */
  readonly chosen: Int32Array;
  /** Of each split: the performance of the chosen trial on the half it was chosen by. */
  readonly inSample: Float64Array;
  /** Of each split: its performance on the other half. */
  readonly outOfSample: Float64Array;
  /** Of each split: the logit of the relative rank of the chosen trial out of sample; 0: the median. */
  readonly logits: Float64Array;
}

/** Performances that are held at once: of all trials out of sample in all splits. */
const MOST_VALUES = 0x100_0000;

/**
 * Combinatorially symmetric cross-validation: D. H. Bailey, J. Borwein, M. López de Prado & Q. J. Zhu, "The probability of
 * backtest overfitting" (Journal of Computational Finance 20, 2017), sections 3 and 4. The blocks are parted into two halves in
 * every way there is; by one half the trial with the largest mean performance is chosen (of equals the first), by the other it is judged. Ranks of equals
 * are their mean rank.
 * @param performance of each block each trial's, larger is better; all finite; an even number of blocks, 2 or more, and 1 or more trials
 * @throws TenureError for an odd number of blocks, and for more splits times trials than can be held
 */
export function cscv(performance: readonly (readonly number[])[]): Cscv {
  const [blocks, trials] = [performance.length, performance[0]?.length ?? 0];
  if (trials === 0 || !performance.every((block) => block.length === trials && block.every(Number.isFinite))) {
    throw new InvariantError(`a cross-validation of ${blocks} blocks and ${trials} trials, or of performances that are not finite`);
  }
  if (blocks % 2 !== 0) {
    throw new TenureError({
      code: "TEN-TRUST-004",
      what: "The blocks cannot be parted into two halves.",
      place: { path: "validation.blocks" },
      found: blocks,
      allowed: "an even number",
      hint: "Leave one out, or cut the time anew.",
    });
  }
  const half = blocks / 2;
  const splits = binomial(blocks, half);
  if (splits * trials > MOST_VALUES) {
    throw new TenureError({
      code: "TEN-TRUST-005",
      what: "So many blocks of so many trials have more splits than can be held.",
      place: { path: "validation.blocks" },
      found: blocks,
      allowed: `blocks with at most ${Math.floor(MOST_VALUES / trials)} splits for ${trials} trials`,
      hint: "Sixteen blocks have 12870 splits, ten have 252.",
    });
  }
  const chosen = new Int32Array(splits);
  const inSample = new Float64Array(splits);
  const outOfSample = new Float64Array(splits);
  const logits = new Float64Array(splits);
  const all = new Float64Array(splits * trials);
  let split = 0;
  for (const [inside, outside] of halves(performance)) {
    const best = largest(inside);
    chosen[split] = best;
    inSample[split] = inside[best] / half;
    outOfSample[split] = outside[best] / half;
    const relative = meanRank(outside, best) / (trials + 1);
    logits[split] = math.ln(relative / (1 - relative));
    for (let trial = 0; trial < trials; trial++) all[split * trials + trial] = outside[trial] / half;
    split += 1;
  }
  return {
    splits,
    overfittingProbability: shareOf(logits, (logit) => logit <= 0),
    lossProbability: shareOf(outOfSample, (value) => value < 0),
    degradation: leastSquares(inSample, outOfSample),
    dominance: stochasticDominance(outOfSample, all),
    chosen,
    inSample,
    outOfSample,
    logits,
  };
}

/**
 * The sums of both halves for every choice of half of the blocks, in lexicographic order. Blocks are added in their order, so that
 * each sum has the bits of a sum over its blocks, whatever was chosen before. The arrays are used again.
 */
function* halves(performance: readonly (readonly number[])[]): Generator<readonly [inside: Float64Array, outside: Float64Array]> {
  const [blocks, trials] = [performance.length, performance[0].length];
  // Of each depth, the sums over the blocks before it.
  const sums = Array.from({ length: blocks + 1 }, () => [new Float64Array(trials), new Float64Array(trials)] as const);
  yield* descend(0, 0);

  function* descend(block: number, taken: number): Generator<readonly [Float64Array, Float64Array]> {
    if (block === blocks) {
      yield sums[blocks];
      return;
    }
    const skipped = block - taken;
    if (taken < blocks / 2) {
      extend(block, 0);
      yield* descend(block + 1, taken + 1);
    }
    if (skipped < blocks / 2) {
      extend(block, 1);
      yield* descend(block + 1, taken);
    }
  }

  function extend(block: number, side: 0 | 1): void {
    const [from, to] = [sums[block], sums[block + 1]];
    to[1 - side].set(from[1 - side]);
    for (let trial = 0; trial < trials; trial++) to[side][trial] = from[side][trial] + performance[block][trial];
  }
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at] > values[best]) best = at;
  return best;
}

/** The rank of one value among all, from 1 for the smallest; of equals the mean of their ranks. */
function meanRank(values: Float64Array, of: number): number {
  let [smaller, equal] = [0, 0];
  for (const value of values) {
    if (value < values[of]) smaller += 1;
    else if (value === values[of]) equal += 1;
  }
  return smaller + (equal + 1) / 2;
}

function shareOf(values: Float64Array, holds: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (holds(value)) count += 1;
  return count / values.length;
}

function leastSquares(x: Float64Array, y: Float64Array): Cscv["degradation"] {
  if (x.every((value) => value === x[0])) return null;
  const [meanX, meanY] = [compensatedSum(x) / x.length, compensatedSum(y) / y.length];
  const product = (a: Float64Array, meanA: number, b: Float64Array, meanB: number) =>
    compensatedSum(a.map((value, at) => (value - meanA) * (b[at] - meanB)));
  const [xx, xy, yy] = [product(x, meanX, x, meanX), product(x, meanX, y, meanY), product(y, meanY, y, meanY)];
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX, r2: y.every((value) => value === y[0]) ? null : (xy * xy) / (xx * yy) };
}
