import type { RedistributionConfiguration } from "../configuration.js";

/**
 * From base weights to final weights (mechanisms 6): base * factor, redistribution, normalised to sum 1.
 * Sums run in index (uid) order. Where the sum is 0 all final weights are 0.
 *
 * @param base 0 or more
 * @param factor multiplier to apply; 0 cuts a miner
 * @param final receives the final weights
 */
export function applyMultipliers(
  base: Float64Array,
  factor: Float64Array,
  count: number,
  redistribution: RedistributionConfiguration,
  final: Float64Array,
): void {
  for (let i = 0; i < count; i++) final[i] = base[i] * factor[i];
  if (redistribution.kind === "threshold") cutBelowThreshold(base, count, redistribution.relative, redistribution.absolute, final);
  normalise(final, count);
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

/** Divides by the sum, where it is above 0. */
export function normalise(weights: Float64Array, count: number): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  if (!(sum > 0)) return;
  for (let i = 0; i < count; i++) weights[i] /= sum;
}
