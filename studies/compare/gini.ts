import { quotient } from "./exact-quotient.js";

/**
 * Gini coefficient of amounts of 0 or more, 0..1: (2 sum of i x_i / sum of x_i - (n + 1)) / n over them in ascending order. Null
 * where there is nothing to share.
 */
export function giniCoefficient(amounts: readonly bigint[]): number | null {
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const total = sorted.reduce((sum, rao) => sum + rao, 0n);
  if (total === 0n) return null;
  const n = BigInt(sorted.length);
  const ranked = sorted.reduce((sum, rao, at) => sum + BigInt(at + 1) * rao, 0n);
  return quotient(2n * ranked - (n + 1n) * total, n * total);
}
