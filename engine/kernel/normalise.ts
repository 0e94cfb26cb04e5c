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

/** Divides by the sum, where it is above 0; answers whether it is. */
export function normalise(weights: Float64Array, count: number): boolean {
  const scale = weightScale(weights, count);
  if (scale !== 1) for (let i = 0; i < count; i++) weights[i] *= scale;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  return divide(weights, count, sum);
}

/** Divides by a sum, where it is above 0; answers whether it is. */
export function divide(weights: Float64Array, count: number, sum: number): boolean {
  if (!(sum > 0)) return false;
  for (let i = 0; i < count; i++) weights[i] /= sum;
  return true;
}
