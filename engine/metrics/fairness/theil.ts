import { ln, max } from "../../kernel/math.js";

/**
 * Theil index: mean of (x / mean) ln(x / mean), 0 ln 0 being 0. 0: all alike; ln(n): one of n has all; 0 where there is
 * nothing.
 *
 * @param amounts 0 or more
 */
export function theil(amounts: Float64Array): number {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) total += amounts[i];
  if (!(total > 0)) return 0;
  const mean = total / amounts.length;
  let sum = 0;
  for (let i = 0; i < amounts.length; i++) {
    const relative = amounts[i] / mean;
    if (relative > 0) sum += relative * ln(relative);
  }
  return max(0, sum / amounts.length);
}
