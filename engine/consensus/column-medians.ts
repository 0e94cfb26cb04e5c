import { floor } from "../kernel/math.js";
import type { ConsensusRules } from "./configuration.js";

/** Limb of a stake: 2^26, so that two limbs hold any rao amount and sums of them are exact. */
const LIMB = 67_108_864;

/**
 * Column by column the median of votes (docs/explanation/consensus.md): `median`, or `stake_median`, the smallest weight whose cumulative
 * stake passes (is more than) half.
 *
 * @param votes one weight a miner each, finite and 0 or more; at least one vote
 * @param stakesRao whole rao, above 0, by vote
 */
export function columnMedians(
  votes: readonly Float64Array[],
  stakesRao: readonly number[],
  miners: number,
  { method, medianOfEven }: Pick<ConsensusRules, "method" | "medianOfEven">,
): Float64Array {
  const count = votes.length;
  const medians = new Float64Array(miners);
  const order = new Int32Array(count);
  const column = new Float64Array(count);
  const passesHalf = halfOf(stakesRao);
  const lower = floor((count - 1) / 2);
  const upper = floor(count / 2);
  for (let vote = 0; vote < count; vote++) order[vote] = vote;
  for (let miner = 0; miner < miners; miner++) {
    for (let vote = 0; vote < count; vote++) column[vote] = votes[vote][miner];
    sortByWeight(order, column);
    if (method === "stake_median") medians[miner] = column[order[passesHalf(order)]];
    else if (medianOfEven === "lower" || lower === upper) medians[miner] = column[order[lower]];
    else medians[miner] = (column[order[lower]] + column[order[upper]]) / 2;
  }
  return medians;
}

/** Insertion: the order of the last column is nearly that of the next. */
function sortByWeight(order: Int32Array, column: Float64Array): void {
  for (let i = 1; i < order.length; i++) {
    const vote = order[i];
    let at = i;
    while (at > 0 && column[order[at - 1]] > column[vote]) {
      order[at] = order[at - 1];
      at -= 1;
    }
    order[at] = vote;
  }
}

/** Where in an order of votes cumulative stake passes half. Exact also where the sum of stakes passes 2^53. */
function halfOf(stakesRao: readonly number[]): (order: Int32Array) => number {
  const high = Float64Array.from(stakesRao, (stake) => floor(stake / LIMB));
  const low = Float64Array.from(stakesRao, (stake) => stake % LIMB);
  let totalHigh = 0;
  let totalLow = 0;
  for (let vote = 0; vote < high.length; vote++) {
    totalHigh += high[vote];
    totalLow += low[vote];
  }
  return (order) => {
    let sumHigh = 0;
    let sumLow = 0;
    for (let i = 0; i < order.length; i++) {
      sumHigh += high[order[i]];
      sumLow += low[order[i]];
      // Both terms are exact, so their sum has the right sign even where it is rounded.
      if ((2 * sumHigh - totalHigh) * LIMB + (2 * sumLow - totalLow) > 0) return i;
    }
    return order.length - 1;
  };
}
