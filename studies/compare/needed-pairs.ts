import { POWER, tQuantile, UPPER } from "./t-quantile.js";

/** More pairs than anybody would run: what needs more is not told apart by more pairs. */
export const MOST_PAIRS = 1_000_000_000;

/**
 * How many pairs it takes to tell a mean difference from none at 95 % confidence in 80 % of all studies (paired t test,
 * docs/how-to/compare.md): the smallest n of 2 or more with n >= ((t(0.975, n - 1) + t(0.8, n - 1)) s / d)^2.
 * @param meanDifference d, the difference that is to be seen
 * @param standardDeviation s of the differences within pairs, 0 or more
 * @returns null where there is no difference to see, or more than `MOST_PAIRS` would be needed
 */
export function neededPairs(meanDifference: number, standardDeviation: number): number | null {
  if (meanDifference === 0) return null;
  const spread = standardDeviation / meanDifference;
  const isEnough = (n: number) => n >= ((tQuantile(UPPER, n - 1) + tQuantile(POWER, n - 1)) * spread) ** 2;
  let enough = 2;
  while (!isEnough(enough)) {
    enough *= 2;
    if (enough > MOST_PAIRS) return null;
  }
  let tooFew = enough === 2 ? 1 : enough / 2;
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
