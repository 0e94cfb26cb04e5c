import { InvariantError } from "../../../engine/index.js";

/** Additions that a probability takes at most; with more, ranks are taken in coarser cells. */
const MOST_STEPS = 20_000_000;

/**
 * How likely ranks are as small together as those of a choice, where the choice knows nothing: the probability that the sum of as many
 * independent ranks, each uniform on 1 to `of`, is no larger. Never too small: ranks of equals, each taken as the largest of theirs, and
 * ranks in coarser cells, are only ever larger than uniform ones.
 * @param ranks at least one, each a whole number from 1 to `of`
 * @param of how many there are to choose from, 1 or more
 */
export function rankSumProbability(ranks: readonly number[], of: number): number {
  const n = ranks.length;
  if (n === 0 || !ranks.every((rank) => Number.isSafeInteger(rank) && rank >= 1 && rank <= of)) {
    throw new InvariantError(`ranks ${ranks.join(", ")} of ${of}`);
  }
  const cells = Math.min(of, Math.max(2, Math.floor(MOST_STEPS / (n * n))));
  const sum = ranks.reduce((total, rank) => total + Math.ceil((rank * cells) / of), 0);
  // Of each sum so far, less one for each rank, its probability; sums that are too large already need not be told apart.
  const most = sum - n;
  let probability = new Float64Array(most + 1);
  probability[0] = 1;
  for (let rank = 0; rank < n; rank++) {
    const next = new Float64Array(most + 1);
    let window = 0;
    for (let at = 0; at <= most; at++) {
      window += probability[at];
      if (at >= cells) window -= probability[at - cells];
      next[at] = Math.max(0, window) / cells;
    }
    probability = next;
  }
  return Math.min(
    1,
    probability.reduce((total, one) => total + one, 0),
  );
}
