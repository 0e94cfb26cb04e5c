import { abs } from "../kernel/math.js";
import { rankCorrelation } from "../metrics/fairness/rank-correlation.js";
import type { SharedPot } from "../metrics/index.js";
import type { Accident } from "./accident.js";
import { EpochsOf } from "./epochs-of.js";

/** A rank correlation as low, or lower, is an order turned over. Of eight miners without any order, one epoch in ten is as low; a whole run of them is not. */
export const REVERSED = -0.5;
/** Correlations of fewer miners say nothing. */
export const FEWEST_RANKED = 8;
/** Of fewer miners than this luck may turn an epoch over: there it takes `REVERSED_EPOCHS` neighbours. */
export const LUCK_MINERS = 32;
export const REVERSED_EPOCHS = 3;

/** Does the rule pay those most who have the least weight, or who did the least? */
export class RewardOrder {
  readonly #epochs = new EpochsOf();
  #lowest = 1;
  /** The neighbouring reversed epochs at hand. */
  #spell = { epochs: 0, firstMs: 0, isLong: false };
  /** By number on the subnet, over the run: what was done, and shares under the rule. */
  #volume = new Float64Array(64);
  #paid = new Float64Array(64);

  /** @param volumeOf what a miner traded in the epoch, by number on the subnet; null: nothing is traded */
  take({ endMs, base, ruled, miners, member, members }: SharedPot, volumeOf: ((member: number) => number) | null): void {
    const rank = rankWhereFalling(base, ruled, miners);
    this.#epochs.all += 1;
    if (rank <= REVERSED) this.#reversed(endMs, rank, miners);
    else this.#spell.epochs = 0;
    if (volumeOf === null) return;
    if (members > this.#volume.length) this.#widen(members);
    for (let k = 0; k < miners; k++) {
      if (member[k] < 0) continue;
      this.#volume[member[k]] += volumeOf(member[k]);
      this.#paid[member[k]] += ruled[k];
    }
  }

  told(who: string): Accident | null {
    if (this.#epochs.count > 0) {
      return {
        code: "order_reversed",
        text: `${who} pays those most who have the least weight, in ${this.#epochs.words}: the rank correlation of base weight and share is ${this.#lowest.toFixed(2)} at the lowest. Look for a minus, a quotient the wrong way round, or an ascending sort.`,
      };
    }
    const active = [...this.#volume.keys()].filter((member) => this.#volume[member] > 0);
    if (active.length < FEWEST_RANKED) return null;
    const rank = rankCorrelation(
      Float64Array.from(active, (member) => this.#volume[member]),
      Float64Array.from(active, (member) => this.#paid[member]),
    );
    if (rank > REVERSED) return null;
    return {
      code: "order_reversed",
      text: `${who} pays those most who trade the least: the rank correlation of traded volume and share is ${rank.toFixed(2)} over the run. Look for a minus, or a quotient the wrong way round, in what scores them.`,
    };
  }

  #reversed(endMs: number, rank: number, miners: number): void {
    const spell = this.#spell;
    if (spell.epochs === 0) {
      spell.firstMs = endMs;
      spell.isLong = miners >= LUCK_MINERS;
    }
    spell.epochs += 1;
    const before = spell.isLong ? spell.epochs - 1 : 0;
    spell.isLong ||= spell.epochs >= REVERSED_EPOCHS;
    if (!spell.isLong) return;
    this.#epochs.note(spell.firstMs, endMs, spell.epochs - before);
    if (rank < this.#lowest) this.#lowest = rank;
  }

  #widen(members: number): void {
    const [volume, paid] = [new Float64Array(members * 2), new Float64Array(members * 2)];
    volume.set(this.#volume);
    paid.set(this.#paid);
    this.#volume = volume;
    this.#paid = paid;
  }
}

/**
 * Spearman's correlation of the first so many values where the linear one is below 0; else NaN. Ranks cost a sort: they are asked
 * only where the linear correlation, which is cheap, is falling.
 */
export function rankWhereFalling(one: Float64Array, other: Float64Array, count = one.length): number {
  if (count < FEWEST_RANKED) return Number.NaN;
  let meanOne = 0;
  let meanOther = 0;
  for (let i = 0; i < count; i++) {
    meanOne += one[i] / count;
    meanOther += other[i] / count;
  }
  let both = 0;
  let size = 0;
  for (let i = 0; i < count; i++) {
    const product = (one[i] - meanOne) * (other[i] - meanOther);
    both += product;
    size += abs(product);
  }
  // Equal values differ from their mean by rounding.
  return both < -1e-12 * size ? rankCorrelation(one.subarray(0, count), other.subarray(0, count)) : Number.NaN;
}
