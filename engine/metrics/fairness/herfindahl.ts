import { min } from "../../kernel/math.js";

/**
 * Herfindahl index: sum of squared shares. 1 / n: all alike; 1: one has all; 0 where there is nothing.
 *
 * @param amounts 0 or more
 */
export function herfindahl(amounts: Float64Array): number {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) total += amounts[i];
  if (!(total > 0)) return 0;
  let sum = 0;
  for (let i = 0; i < amounts.length; i++) {
    const share = amounts[i] / total;
    sum += share * share;
  }
  return min(1, sum);
}
