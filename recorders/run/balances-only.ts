import { FAR_BEYOND_MEDIAN, type GrownInterval, instantText } from "../../engine/index.js";

/** What balances without stake events cannot show. */
export const BALANCES_ONLY = "sales smaller than the emission between two balances are invisible, and deposits count as emission";

const MOST_NAMED = 5;

/** Names intervals that grew far beyond the others of their position: deposits, most likely. The largest amounts first. */
export function outlyingGrowth(intervals: readonly (GrownInterval & { readonly position: string })[]): string[] {
  const named = intervals
    .slice(0, MOST_NAMED)
    .map(
      ({ position, fromMs, toMs, amountRao }) =>
        `Position ${position} grew by ${amountRao} rao from ${instantText(fromMs)} to ${instantText(toMs)}, over ${FAR_BEYOND_MEDIAN} times its median: a deposit, most likely, and it counts as emission.`,
    );
  const more = intervals.length - named.length;
  return more === 0 ? named : [...named, `${more} more intervals grew as far beyond the median of their position.`];
}
