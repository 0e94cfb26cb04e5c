import { InvariantError } from "../../engine/index.js";
import { compensatedSum } from "./compensated-sum.js";
import { meanOf } from "./mean.js";
import { studentTQuantile } from "./student-t.js";

/** Of an interval of the mean. */
export const CONFIDENCE = 0.95;

/** What a sample of independent draws says of their mean, in the unit of the values. */
export interface Spread {
  readonly n: number;
  readonly mean: number;
  /** With n - 1 in its denominator; null for a single value. */
  readonly standardDeviation: number | null;
  /** Ends of the interval that holds the true mean with the confidence, by Student's t with n - 1 degrees of freedom; null for a single value. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly min: number;
  readonly max: number;
}

/**
 * Mean and spread of a sample, in the order of its values: the same values in the same order give the same bits.
 * @param values at least one, all finite
 */
export function spreadOf(values: readonly number[], confidence: number = CONFIDENCE): Spread {
  const n = values.length;
  if (n === 0 || !values.every(Number.isFinite)) throw new InvariantError("the spread of no values, or of values that are not finite");
  let [min, max] = [values[0], values[0]];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = meanOf(values);
  if (n === 1) return { n, mean, standardDeviation: null, interval: null, min, max };
  const squares = compensatedSum(values.map((value) => (value - mean) * (value - mean)));
  const standardDeviation = Math.sqrt(squares / (n - 1));
  const half = (studentTQuantile((1 + confidence) / 2, n - 1) * standardDeviation) / Math.sqrt(n);
  return { n, mean, standardDeviation, interval: { low: mean - half, high: mean + half }, min, max };
}
