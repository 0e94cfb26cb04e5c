import { abs } from "../kernel/math.js";
import type { SharedPot } from "../metrics/index.js";
import type { Accident } from "./accident.js";

/** A penalty that takes less of the weights is hardly one. */
export const LEAST_TAKEN = 0.05;
/** What nearly everybody bears is a penalty on nobody: shares are relative. */
export const BORN_BY_ALL = 0.8;
/** Where a third of what it takes comes back to those it was taken from, it does not what it says; of half of the miners who are cut by half it is less. */
export const CANCELLED = 1 / 3;

/** Means over the epochs that several miners share, each a part of all weights or of the pot, 0..1. */
export interface PenaltyMeans {
  /** What factors below 1 take of the weights. */
  readonly taken: number;
  /** Weights whose factor is below 1. */
  readonly punished: number;
  /** What the rule moves from miner to miner. */
  readonly moved: number;
  /** Sum of the final shares. */
  readonly finalSum: number;
}

/** What of a penalty normalising gives back to those who bear it, 0..1; null: it is no such penalty, or works, or what it takes goes elsewhere. */
export function cancelledPart({ taken, punished, moved, finalSum }: PenaltyMeans): number | null {
  if (!(taken >= LEAST_TAKEN) || punished < BORN_BY_ALL || finalSum < 1 - taken / 2) return null;
  const cancelled = 1 - moved / taken;
  return cancelled < CANCELLED ? null : cancelled;
}

/** Sums what factors take, and what of it comes back. */
export class PenaltyCancelled {
  #epochs = 0;
  #taken = 0;
  #punished = 0;
  #moved = 0;
  #finalSum = 0;
  /** A factor above 1 is a bonus; whoever is outside the streams takes a part of what is taken. */
  #isOther = false;

  take({ base, shown, ruled, miners, kept }: SharedPot): void {
    if (this.#isOther) return;
    let sum = 0;
    let sharers = 0;
    for (let k = 0; k < miners; k++) {
      sum += base[k];
      if (base[k] > 0) sharers += 1;
    }
    this.#isOther = base[miners] > 0;
    if (sharers < 2 || this.#isOther) return;
    let [taken, punished, moved, finalSum] = [0, 0, 0, 0];
    for (let k = 0; k < miners; k++) {
      const share = base[k] / sum;
      // What is kept of every pot by statement is no part of the penalty.
      const final = kept > 0 ? ruled[k] / kept : 0;
      finalSum += final;
      moved += abs(final - share);
      if (shown[k] > 1 && base[k] > 0) this.#isOther = true;
      if (shown[k] >= 1) continue;
      taken += share * (1 - shown[k]);
      punished += share;
    }
    this.#epochs += 1;
    this.#taken += taken;
    this.#punished += punished;
    this.#moved += moved / 2;
    this.#finalSum += finalSum;
  }

  told(who: string): Accident | null {
    const epochs = this.#epochs;
    if (this.#isOther || epochs === 0) return null;
    const [taken, moved] = [this.#taken / epochs, this.#moved / epochs];
    const cancelled = cancelledPart({ taken, moved, punished: this.#punished / epochs, finalSum: this.#finalSum / epochs });
    if (cancelled === null) return null;
    return {
      code: "penalty_cancelled",
      text: `${who} takes ${percent(taken)} of the weights by factors below 1, and dividing by their sum gives ${percent(cancelled)} of that back to the very miners who bear it. Let it go elsewhere: residual: burn (or recycle, treasury, owner) as the last stage.`,
    };
  }
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
