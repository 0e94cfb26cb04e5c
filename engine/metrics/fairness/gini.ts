import { max, min } from "../../kernel/math.js";

/**
 * Gini coefficient: sum((2 i - n - 1) x_i) / (n sum(x)) over ascending amounts, i from 1. 0: all alike; near 1: one has
 * all; 0 where there is nothing.
 *
 * @param ascending amounts, 0 or more, sorted
 */
export function gini(ascending: Float64Array): number {
  const count = ascending.length;
  let weighted = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    weighted += (2 * i + 1 - count) * ascending[i];
    total += ascending[i];
  }
  return total > 0 ? max(0, min(1, weighted / (count * total))) : 0;
}
