import type { RedistributionConfiguration } from "../configuration.js";

/**
 * From base weights to final weights (mechanisms 6): base * factor, redistribution, normalised to sum 1.
 * Sums run in index (uid) order. Where the sum is 0 all final weights are 0.
 *
 * @param base 0 or more
 * @param factor multiplier to apply; 0 cuts a miner
 * @param final receives the final weights
 * @returns whether anybody has a weight
 */
export function applyMultipliers(
  base: Float64Array,
  factor: Float64Array,
  count: number,
  redistribution: RedistributionConfiguration,
  final: Float64Array,
): boolean {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = base[i] * factor[i];
    final[i] = weight;
    sum += weight;
  }
  if (redistribution.kind === "proportional") return divide(final, count, sum);
  cutBelowThreshold(base, count, redistribution.relative, redistribution.absolute, final);
  return normalise(final, count);
}

/**
 * Zeroes who falls below max(relative * base weight, absolute) before normalisation; normalising then shares their
 * weight over the rest in proportion. If that would zero everyone, nobody is.
 */
function cutBelowThreshold(base: Float64Array, count: number, relative: number, absolute: number, final: Float64Array): void {
  const kept = (i: number): boolean => final[i] > 0 && final[i] >= relative * base[i] && final[i] >= absolute;
  let anyone = false;
  for (let i = 0; i < count && !anyone; i++) anyone = kept(i);
  if (!anyone) return;
  for (let i = 0; i < count; i++) if (!kept(i)) final[i] = 0;
}

/** Divides by the sum, where it is above 0; answers whether it is. */
export function normalise(weights: Float64Array, count: number): boolean {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  return divide(weights, count, sum);
}

function divide(weights: Float64Array, count: number, sum: number): boolean {
  if (!(sum > 0)) return false;
  for (let i = 0; i < count; i++) weights[i] /= sum;
  return true;
}
