import { compensatedSum } from "./compensated-sum.js";

/**
 * The mean of doubles, in the order in which they stand. That of equal values is that value, whatever dividing their sum would be
 * rounded to, and no mean lies outside of its values.
 * @param values finite; NaN of none
 */
export function meanOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  let [min, max] = [values[0], values[0]];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min === max ? min : Math.min(max, Math.max(min, compensatedSum(values) / values.length));
}
