import { min } from "../../kernel/math.js";

/**
 * Share of the first `leading` in the order given, 0..1; 0 where there is nothing.
 *
 * @param amounts 0 or more
 */
export function leadingShare(amounts: Float64Array, leading: number): number {
  let first = 0;
  let total = 0;
  for (let i = 0; i < amounts.length; i++) {
    total += amounts[i];
    if (i < leading) first += amounts[i];
  }
  return total > 0 ? min(1, first / total) : 0;
}

/**
 * Share of the `top` largest, 0..1; 0 where there is nothing.
 *
 * @param ascending amounts, 0 or more, sorted
 */
export function topShare(ascending: Float64Array, top: number): number {
  let last = 0;
  let total = 0;
  const from = ascending.length - top;
  for (let i = 0; i < ascending.length; i++) {
    total += ascending[i];
    if (i >= from) last += ascending[i];
  }
  return total > 0 ? min(1, last / total) : 0;
}
