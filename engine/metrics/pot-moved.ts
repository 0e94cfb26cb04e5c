import { abs } from "../kernel/math.js";

/** A part of a pot that is moved below this is rounding alone. */
export const SAME_SHARES = 1e-12;

/**
 * How much of an epoch's pot a rule moves: half the sum of |final - base share| over all who share it (0: nothing, 1: all).
 * Where one side gives nobody anything, its whole share is a row of its own (`unallocated`).
 *
 * @param base weights before the rule, 0 or more, in any unit; `baseSum` is their sum
 * @param final shares under the rule: they sum to 1, or, where it is not `allocated`, all are 0
 */
export function movedShare(base: Float64Array, baseSum: number, final: Float64Array, allocated: boolean, count: number): number {
  if (!(baseSum > 0)) return allocated ? 1 : 0;
  if (!allocated) return 1;
  let moved = 0;
  for (let i = 0; i < count; i++) moved += abs(base[i] / baseSum - final[i]);
  return moved / 2;
}

/** `pot_moved` of a run (docs/explanation/redistribution.md): the mean over its epochs, weighted by their pots. */
export class PotMoved {
  #weightedRao = 0;
  #potsRao = 0;

  take(potRao: number, moved: number): void {
    this.#weightedRao += potRao * moved;
    this.#potsRao += potRao;
  }

  /** 0..1; 0 where there was no pot. */
  get share(): number {
    return this.#potsRao > 0 ? this.#weightedRao / this.#potsRao : 0;
  }
}
