import { type Spread, spreadOf } from "../statistics/spread.js";
import { neededPairs } from "./needed-pairs.js";
import { RunningMean } from "./running-mean.js";
import { tQuantile, UPPER } from "./t-quantile.js";

/** Whether a difference is more than luck. */
export type Verdict =
  /** One pair alone has no interval. */
  | { readonly kind: "one_pair" }
  /** No pair differs. */
  | { readonly kind: "same" }
  /** The interval excludes 0, and did from the first `pairs` pairs on. */
  | { readonly kind: "told_apart"; readonly pairs: number }
  /** It does not; about `pairs` would be needed for a difference as large as the one seen. Null: the mean difference is 0, or no number would do. */
  | { readonly kind: "not_told_apart"; readonly pairs: number | null };

/** The difference b - a over pairs that share their random numbers; its interval is that of the mean difference. */
export interface PairedDifference extends Spread {
  readonly verdict: Verdict;
}

/**
 * Mean difference within pairs, its 95 % interval (Student's t with n - 1 degrees of freedom) and what it says.
 * @param differences b - a of each pair, in the order of the replicates; at least one, all finite
 */
export function pairedDifference(differences: readonly number[]): PairedDifference {
  const spread = spreadOf(differences);
  return { ...spread, verdict: verdictOn(differences, spread) };
}

function verdictOn(differences: readonly number[], { n, mean, standardDeviation, interval, min, max }: Spread): Verdict {
  if (min === 0 && max === 0) return { kind: "same" };
  if (interval === null || standardDeviation === null) return { kind: "one_pair" };
  if (interval.low > 0 || interval.high < 0) return { kind: "told_apart", pairs: Math.min(lastUndecided(differences.slice(0, -1)) + 1, n) };
  return { kind: "not_told_apart", pairs: neededPairs(mean, standardDeviation) };
}

/** The last number of first pairs whose interval does not exclude 0; 1 where all of 2 and more do. */
function lastUndecided(differences: readonly number[]): number {
  const gathered = new RunningMean();
  let last = 1;
  for (const difference of differences) {
    gathered.add(difference);
    const { n, mean, standardDeviation } = gathered;
    if (standardDeviation === null) continue;
    if (Math.abs(mean) <= (tQuantile(UPPER, n - 1) * standardDeviation) / Math.sqrt(n)) last = n;
  }
  return last;
}
