import { floor } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import type { BasisFollower } from "./basis-follower.js";
import { TimeOfDayTree } from "./time-of-day-tree.js";
import { WEIGHTED_TIME, weightedHigh, weightedLow } from "./weighted-time.js";

const { HIGH_UNIT, INVERSE_HIGH_UNIT } = WEIGHTED_TIME;

/**
 * Sums of remaining * age in whole days (docs/explanation/holding.md, `rounding: whole_days`), each age rounded down, in O(log n):
 *
 *     floor((now - entry) / day) = floor(now / day) - floor(entry / day) - [entry's time of day > now's]
 *
 * so the sum of remaining, that of remaining * floor(entry / day), and remaining by time of day are all there is to keep.
 */
export class WholeDayAges implements BasisFollower {
  readonly #tree = new TimeOfDayTree();
  /** Sum of remaining * floor(entry / day) a position, high * 2^46 + low. */
  #high = new Float64Array(64);
  #low = new Float64Array(64);

  added(position: number, entryMs: number, _tranche: number, amountRao: number): void {
    this.change(position, entryMs, amountRao);
  }

  taken(position: number, entryMs: number, _tranche: number, amountRao: number): void {
    this.change(position, entryMs, -amountRao);
  }

  /** What was received has no age. */
  unreceived(): void {}

  split(from: number, to: number, entryMs: number, _tranche: number, _movedTranche: number, remainingRao: number): void {
    this.change(from, entryMs, -remainingRao);
    this.change(to, entryMs, remainingRao);
  }

  movedAll(from: number, to: number): void {
    this.#ensure(from > to ? from : to);
    this.#tree.moveAll(from, to);
    this.#high[to] += this.#high[from];
    this.#low[to] += this.#low[from];
    this.#normalise(to);
    this.#high[from] = 0;
    this.#low[from] = 0;
  }

  /** Only who holds nothing forgets. */
  forgotten(): void {}

  /** What entered at an instant and remains changes by an amount of either sign. */
  change(position: number, entryMs: number, amountRao: number): void {
    this.#ensure(position);
    const day = floor(entryMs / DAY_MS);
    this.#tree.add(position, entryMs - day * DAY_MS, amountRao);
    this.#high[position] += weightedHigh(amountRao, day);
    this.#low[position] += weightedLow(amountRao, day);
    this.#normalise(position);
  }

  /** Sum of remaining * whole days of age at an instant, rao * days. */
  sum(position: number, nowMs: number): bigint {
    this.#ensure(position);
    const day = floor(nowMs / DAY_MS);
    const held = BigInt(this.#tree.total(position));
    const entered = BigInt(this.#high[position]) * BigInt(HIGH_UNIT) + BigInt(this.#low[position]);
    return BigInt(day) * held - entered - BigInt(this.#tree.later(position, nowMs - day * DAY_MS));
  }

  #normalise(position: number): void {
    const carry = floor(this.#low[position] * INVERSE_HIGH_UNIT);
    this.#high[position] += carry;
    this.#low[position] -= carry * HIGH_UNIT;
  }

  #ensure(position: number): void {
    if (position < this.#high.length) return;
    const high = new Float64Array(position * 2);
    high.set(this.#high);
    this.#high = high;
    const low = new Float64Array(position * 2);
    low.set(this.#low);
    this.#low = low;
  }
}
