/** A weight below the least normal double has lost its digits and counts as 0 (docs/explanation/stages.md). */
export const SMALLEST_WEIGHT = 2.2250738585072014e-308;
/** What the shares of all lack of 1 by rounding alone. */
export const ROUNDING = 1e-12;

/** Shares of a sum, by the largest first, so that nothing overflows; all zero stays zero. */
export function baseShares(base: Float64Array, count: number, shares: Float64Array): void {
  let largest = 0;
  for (let i = 0; i < count; i++) if (base[i] > largest) largest = base[i];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const relative = largest > 0 ? base[i] / largest : 0;
    shares[i] = relative;
    sum += relative;
  }
  if (sum > 0) for (let i = 0; i < count; i++) shares[i] /= sum;
  cutSmallest(shares, count);
}

export function sumOf(weights: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  return sum;
}

export function cutSmallest(weights: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) if (weights[i] < SMALLEST_WEIGHT) weights[i] = 0;
}
