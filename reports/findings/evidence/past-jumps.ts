import { FEWEST_RANKED } from "../../../engine/index.js";
import { grown } from "./grown.js";

/** A share that grows or falls by half in one epoch is no drift: the jitter of the shipped subnets is a tenth. */
export const JUMP = 1.5;
/** Half of the miners at once is never their own doing. */
export const MANY_JUMP = 0.5;
/** Weight of the newest epoch in the mean of the past ones: the past of about sixteen epochs. */
const NEWEST = 1 / 16;
/** After as many epochs in a row in which so many have jumped, what is, is the past of those that follow. */
const LASTING = 16;

/**
 * Who is far from the mean of its own past. Shares are relative: where some miners get six times as much, those of all others fall. So the ratio of
 * each to its past is measured against the ratio that most have in common.
 *
 * A jump moves the mean of a miner by no more than one of `JUMP` does; an epoch in which many jump leaves all means as they were. So what is faulty for
 * some epochs is not what the next ones are measured against, and the return is no jump.
 */
export class PastJumps {
  /** By position; 0: none yet. */
  #mean = new Float64Array(256);
  #ratios = new Float64Array(256);
  #manyInARow = 0;

  /** The mean of the past of a position; 0: none yet. */
  of(position: number): number {
    return this.#mean[position] ?? 0;
  }

  /**
   * @param positions of an epoch
   * @param values of each, 0 for none
   * @returns the part of those with a past and a value whose value is beyond `JUMP` times its past or below 1 / `JUMP` of it, 0..1; NaN: they are too few
   */
  take(positions: Float64Array, values: Float64Array): number {
    for (const position of positions) this.#mean = grown(this.#mean, position);
    this.#ratios = grown(this.#ratios, positions.length);
    let common = 0;
    for (let i = 0; i < positions.length; i++) {
      const past = this.#mean[positions[i]];
      if (past > 0 && values[i] > 0) this.#ratios[common++] = values[i] / past;
    }
    const part = common < FEWEST_RANKED ? Number.NaN : jumped(this.#ratios.subarray(0, common)) / common;
    this.#manyInARow = part >= MANY_JUMP ? this.#manyInARow + 1 : 0;
    if (this.#manyInARow === 0) this.#follow(positions, values);
    else if (this.#manyInARow >= LASTING) {
      this.#beginAnew(positions, values);
      this.#manyInARow = 0;
    }
    return part;
  }

  /** A value of 0 begins no past. */
  #follow(positions: Float64Array, values: Float64Array): void {
    for (let i = 0; i < positions.length; i++) {
      const past = this.#mean[positions[i]];
      const value = Math.min(JUMP * past, Math.max(past / JUMP, values[i]));
      this.#mean[positions[i]] = past > 0 ? past + (value - past) * NEWEST : values[i];
    }
  }

  #beginAnew(positions: Float64Array, values: Float64Array): void {
    for (let i = 0; i < positions.length; i++) if (values[i] > 0) this.#mean[positions[i]] = values[i];
  }
}

/** How many ratios are far from the one that most have in common. The array is put in order. */
function jumped(ratios: Float64Array): number {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const ratio of ratios) {
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  // Whichever that is: it is looked for only where it can matter.
  if (most <= JUMP * least) return 0;
  ratios.sort();
  const common = commonRatio(ratios);
  let count = 0;
  for (const ratio of ratios) if (ratio > JUMP * common || ratio * JUMP < common) count += 1;
  return count;
}

/** The middle one of the most ratios that are within `JUMP` of each other; of as many, of the lowest. @param ratios in order */
function commonRatio(ratios: Float64Array): number {
  let [from, size] = [0, 0];
  for (let first = 0, end = 0; first < ratios.length; first++) {
    while (end < ratios.length && ratios[end] <= JUMP * ratios[first]) end += 1;
    if (end - first > size) [from, size] = [first, end - first];
  }
  return ratios[from + (size >> 1)];
}
