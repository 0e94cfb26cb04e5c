import type { RedistributionConfiguration } from "../configuration.js";
import { compareWithDecimal, Fraction } from "../kernel/decimal.js";

/**
 * From base weights to final weights (mechanisms 6): base * factor, redistribution, normalised to sum 1.
 * Sums run in index (uid) order. Where the sum is 0 all final weights are 0.
 *
 * @param base finite, 0 or more
 * @param factor multiplier to apply, at most 1e6; 0 cuts a miner
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
  const scale = weightScale(base, count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = base[i] * scale * factor[i];
    final[i] = weight;
    sum += weight;
  }
  if (redistribution.kind === "proportional") return divide(final, count, sum);
  cutBelowThreshold(base, factor, count, redistribution, scale, final);
  return normalise(final, count);
}

/**
 * Zeroes whose weight is below max(relative * base share, absolute) before normalisation, both shares of 0..1; normalising
 * then shares what they lose over the rest in proportion. If that would zero everyone, nobody is. Decided on the decimals:
 * reaching either counts.
 */
function cutBelowThreshold(
  base: Float64Array,
  factor: Float64Array,
  count: number,
  { relative, absolute }: { readonly relative: number; readonly absolute: number },
  scale: number,
  final: Float64Array,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += base[i] * scale;
  let exactSum: Fraction | null = null;
  const exactShare = (i: number): Fraction => {
    if (exactSum === null) {
      exactSum = Fraction.whole(0);
      for (let k = 0; k < count; k++) if (base[k] > 0) exactSum = exactSum.plus(Fraction.decimal(base[k]));
    }
    return Fraction.decimal(base[i]).times(Fraction.decimal(factor[i])).over(exactSum);
  };
  // Of two written numbers the doubles are in the order of the decimals, so the factor needs no more than a comparison.
  const kept = (i: number): boolean =>
    final[i] > 0 &&
    factor[i] >= relative &&
    (absolute === 0 || compareWithDecimal(final[i] / sum, SHARE_ERROR * absolute, absolute, () => exactShare(i)) >= 0);
  let anyone = false;
  for (let i = 0; i < count && !anyone; i++) anyone = kept(i);
  if (!anyone) return;
  for (let i = 0; i < count; i++) if (!kept(i)) final[i] = 0;
}

/** Divides by the sum, where it is above 0; answers whether it is. */
export function normalise(weights: Float64Array, count: number): boolean {
  const scale = weightScale(weights, count);
  if (scale !== 1) for (let i = 0; i < count; i++) weights[i] *= scale;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  return divide(weights, count, sum);
}

function divide(weights: Float64Array, count: number, sum: number): boolean {
  if (!(sum > 0)) return false;
  for (let i = 0; i < count; i++) weights[i] /= sum;
  return true;
}

/** More than a share of 2^18 weights can be off in doubles, relative to it. */
const SHARE_ERROR = 1e-9;
/** Between these the sums and products of 2^18 weights can neither overflow nor lose digits. */
const LARGEST = 1e150;
const SMALLEST = 1e-150;
/** 2^600: a power of two only moves the exponent. */
const STEP = 4.149515568880993e180;

/** A power of two that brings the largest weight to where sums of weights neither overflow nor lose digits; 1 for ordinary weights. */
export function weightScale(weights: Float64Array, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) if (weights[i] > largest) largest = weights[i];
  if (largest > LARGEST) return 1 / STEP;
  return largest > 0 && largest < SMALLEST ? STEP : 1;
}
