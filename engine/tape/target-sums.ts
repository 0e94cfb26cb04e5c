import { abs, min, sqrt } from "../kernel/math.js";
import type { BaseColumns } from "./base-columns.js";
import type { EpochTape } from "./epoch-tape.js";

/**
 * Sums over the miners of each epoch for one `retention_target`, of base shares b and combined factors
 * q = sqrt(min(1, held share / target) * min(1, held days / window)); who is outside has q = 0.
 */
export interface TargetSums {
  /** sum b q. */
  readonly mean: Float64Array;
  /** sum b |q - mean| over all, who is outside included. */
  readonly spread: Float64Array;
  /** sum b q^2. */
  readonly square: Float64Array;
  /** sum b q * held share. */
  readonly held: Float64Array;
  /** The least and the largest q among those with a base weight. */
  readonly least: Float64Array;
  readonly largest: Float64Array;
}

/**
 * One pass over the rows.
 * @param duration factors by row (`AskedDurations`)
 */
export function targetSums(tape: EpochTape, base: BaseColumns, duration: Float64Array, target: number): TargetSums {
  const { epochs, firstRow, heldShare } = tape;
  const { share } = base;
  const sums: TargetSums = {
    mean: new Float64Array(epochs),
    spread: new Float64Array(epochs),
    square: new Float64Array(epochs),
    held: new Float64Array(epochs),
    least: new Float64Array(epochs),
    largest: new Float64Array(epochs),
  };
  const factors = new Float64Array(longestEpoch(tape));
  for (let epoch = 0; epoch < epochs; epoch++) {
    const first = firstRow[epoch];
    const count = firstRow[epoch + 1] - first;
    const outside = base.outsideShare[epoch];
    let mean = 0;
    let square = 0;
    let held = 0;
    let least = outside > 0 ? 0 : 1;
    let largest = 0;
    for (let k = 0; k < count; k++) {
      const row = first + k;
      const q = combinedFactor(heldShare[row], target, duration[row]);
      const b = share[row];
      const part = b * q;
      factors[k] = q;
      mean += part;
      square += part * q;
      held += part * heldShare[row];
      if (b > 0) {
        if (q < least) least = q;
        if (q > largest) largest = q;
      }
    }
    let spread = outside * mean;
    for (let k = 0; k < count; k++) spread += share[first + k] * abs(factors[k] - mean);
    sums.mean[epoch] = mean;
    sums.spread[epoch] = spread;
    sums.square[epoch] = square;
    sums.held[epoch] = held;
    sums.least[epoch] = least;
    sums.largest[epoch] = largest;
  }
  return sums;
}

/** Writes b q of every row. */
export function weightedFactors(
  { heldShare }: EpochTape,
  { share }: BaseColumns,
  duration: Float64Array,
  target: number,
  into: Float64Array,
): void {
  for (let row = 0; row < into.length; row++) into[row] = share[row] * combinedFactor(heldShare[row], target, duration[row]);
}

/** As the rule `geometric` has it, in the same operations. */
function combinedFactor(heldShare: number, target: number, duration: number): number {
  return sqrt(min(1, heldShare / target) * duration);
}

function longestEpoch({ epochs, firstRow }: EpochTape): number {
  let longest = 0;
  for (let epoch = 0; epoch < epochs; epoch++)
    if (firstRow[epoch + 1] - firstRow[epoch] > longest) longest = firstRow[epoch + 1] - firstRow[epoch];
  return longest;
}
