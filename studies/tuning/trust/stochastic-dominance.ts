/** Is one distribution of performances better than another, for everybody who likes more? */
export interface Dominance {
  /** At every value as many or more of the chosen lie above it, and at some value more: better for whoever likes more. */
  readonly firstOrder: boolean;
  /** The same of the areas below the distributions up to every value: better for whoever likes more, and certainty. */
  readonly secondOrder: boolean;
  /** The largest part by which the chosen lie below a value more often than all do; 0 where they never do. */
  readonly worstFirstOrder: number;
  /** The largest area by which they do, in the unit of the performance. */
  readonly worstSecondOrder: number;
}

/** Areas that differ by less, in widths of the distribution, are rounding. */
const ROUNDING = 1e-12;

/**
 * Stochastic dominance of the chosen over all (Bailey et al. 2017, section 4.4; Hadar & Russell 1969). Of the first order: F_chosen(x) <= F_all(x) everywhere and
 * < somewhere; of the second: the integral of F_all - F_chosen up to x is never below 0, and above it somewhere.
 * @param chosen one or more, all finite; left as they are
 * @param all as many or more, all finite; they are sorted in place
 */
export function stochasticDominance(chosen: Float64Array, all: Float64Array): Dominance {
  const better = chosen.toSorted();
  all.sort();
  const from = Math.min(better[0], all[0]);
  const width = Math.max(better[better.length - 1], all[all.length - 1]) - from;
  let [i, j, x, area] = [0, 0, from, 0];
  let [leastGap, mostGap, leastArea, mostArea] = [0, 0, 0, 0];
  while (i < better.length || j < all.length) {
    const next = Math.min(better[i] ?? Number.POSITIVE_INFINITY, all[j] ?? Number.POSITIVE_INFINITY);
    area += (j / all.length - i / better.length) * (next - x);
    x = next;
    while (i < better.length && better[i] === x) i += 1;
    while (j < all.length && all[j] === x) j += 1;
    // In whole numbers, so that equal parts are equal.
    const gap = j * better.length - i * all.length;
    leastGap = Math.min(leastGap, gap);
    mostGap = Math.max(mostGap, gap);
    leastArea = Math.min(leastArea, area);
    mostArea = Math.max(mostArea, area);
  }
  const rounding = ROUNDING * width;
  return {
    firstOrder: leastGap === 0 && mostGap > 0,
    secondOrder: leastArea >= -rounding && mostArea > rounding,
    worstFirstOrder: leastGap === 0 ? 0 : -leastGap / (all.length * better.length),
    worstSecondOrder: leastArea >= -rounding ? 0 : -leastArea,
  };
}
