import { max, min, sqrt } from "../../kernel/math.js";

/** Ranks from 1, ties sharing the mean of their ranks. */
function averageRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to += 1;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/**
 * Spearman's rank correlation, ties with mean ranks: 1 where the order of both is the same, -1 where it is opposite.
 * 0 where it is not defined: fewer than two members, or all alike in one of the two.
 */
export function rankCorrelation(one: Float64Array, other: Float64Array): number {
  const count = one.length;
  const ranks = averageRanks(one);
  const otherRanks = averageRanks(other);
  const mean = (count + 1) / 2;
  let both = 0;
  let squares = 0;
  let otherSquares = 0;
  for (let i = 0; i < count; i++) {
    const a = ranks[i] - mean;
    const b = otherRanks[i] - mean;
    both += a * b;
    squares += a * a;
    otherSquares += b * b;
  }
  if (squares === 0 || otherSquares === 0) return 0;
  return max(-1, min(1, both / sqrt(squares * otherSquares)));
}
