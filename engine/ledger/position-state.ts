import { InvariantError } from "../kernel/errors.js";
import { floor as exactFloor } from "../kernel/math.js";
import { WEIGHTED_TIME, weightedHigh, weightedLow } from "./weighted-time.js";

/**
 * The running state of a position: sixteen doubles side by side (two cache lines), so that an event touches one place.
 * Cumulative sums may pass 2^53 over a lifetime: whole multiples of CARRY are carried into `carries` at the same index.
 *
 * One object, to be taken apart into constants of the module that uses it: V8 folds a module's own constants into the
 * code it makes, but reads an imported one from memory each time, which costs the kernel half its speed.
 */
export const POSITION_STATE = {
  STRIDE: 16,
  /** Stake held now, rao. */
  TOTAL: 0,
  /** Held now by tranches of the retention basis, rao. */
  BASIS_REMAINING: 1,
  /** Ever received by tranches of the retention basis (cumulative), rao. */
  BASIS_RECEIVED: 2,
  /** Sum of remaining * age (ms) over the basis, as of AGED_MS, is AGE_HIGH * 2^46 + AGE_LOW, exactly. */
  AGE_HIGH: 3,
  AGE_LOW: 4,
  /** Cumulative flows, rao: remaining = inflow + emission + moved_in - outflow - moved_out. */
  INFLOW: 5,
  EMISSION: 6,
  MOVED_IN: 7,
  OUTFLOW: 8,
  MOVED_OUT: 9,
  /** Held now by manual tranches, rao; the rest of TOTAL was earned. */
  MANUAL: 10,
  /** Instant that the sum of ages stands at, ms. */
  AGED_MS: 11,
  /** What a carry is worth: 2^52. */
  CARRY: 4_503_599_627_370_496,
  /**
   * Positions have numbers up to it, 2^27 - 1. `position & MASK` changes none, but tells the compiler that an index made
   * of it cannot overflow; loops over positions are a tenth faster with it.
   */
  MASK: 0x7ff_ffff,
} as const;
const { STRIDE, BASIS_REMAINING, AGE_HIGH, AGE_LOW, AGED_MS, CARRY, MASK } = POSITION_STATE;
const { HIGH_UNIT, INVERSE_HIGH_UNIT, P26, INVERSE_P26, P20, INVERSE_P20, SHORT_MS } = WEIGHTED_TIME;
const floor = exactFloor;

/** The state of all positions, and the arithmetic that keeps its sums exact. `base` is position * STRIDE. */
export class PositionStates {
  /** STRIDE doubles a position. */
  values: Float64Array;
  /** Multiples of CARRY carried out of the cumulative sums of `values`. */
  carries: Int32Array;
  /** Whether anything was ever carried. */
  carried = false;

  constructor(positions: number) {
    this.values = new Float64Array(positions * STRIDE);
    this.carries = new Int32Array(positions * STRIDE);
  }

  /** Makes room for position numbers below `positions`. */
  ensure(positions: number): void {
    if (positions * STRIDE <= this.values.length) return;
    if (positions > MASK) throw new InvariantError(`${positions} positions`);
    const length = positions * STRIDE * 2;
    const values = new Float64Array(length);
    values.set(this.values);
    this.values = values;
    const carries = new Int32Array(length);
    carries.set(this.carries);
    this.carries = carries;
  }

  /** Adds to a cumulative sum. Its low part stays below 2^52; of an amount of 2^52 or more, 2^52 is carried first. */
  count(index: number, amountRao: number): void {
    let low = amountRao;
    if (low >= CARRY) {
      low -= CARRY;
      this.carry(index, 1);
    }
    low += this.values[index];
    if (low >= CARRY) {
      low -= CARRY;
      this.carry(index, 1);
    }
    this.values[index] = low;
  }

  /** Takes from a cumulative sum. */
  uncount(index: number, amountRao: number): void {
    let low = this.values[index] - amountRao;
    while (low < 0) {
      low += CARRY;
      this.carry(index, -1);
    }
    this.values[index] = low;
  }

  /** Hands a cumulative sum of one position over to another. */
  handOver(from: number, to: number): void {
    const carries = this.carries[from];
    this.carries[from] = 0;
    this.carries[to] += carries;
    this.count(to, this.values[from]);
    this.values[from] = 0;
  }

  /** Lets a cumulative sum begin at 0 again. */
  clear(index: number): void {
    this.values[index] = 0;
    this.carries[index] = 0;
  }

  /** A cumulative sum, exactly. */
  cumulative(index: number): bigint {
    return BigInt(this.carries[index]) * BigInt(CARRY) + BigInt(this.values[index]);
  }

  /** Brings the sum of ages of a position to an instant: everything it holds got older by the same time. */
  age(base: number, timeMs: number): void {
    const values = this.values;
    const durationMs = timeMs - values[base + AGED_MS];
    if (durationMs === 0) return;
    values[base + AGED_MS] = timeMs;
    const amount = values[base + BASIS_REMAINING];
    if (amount === 0) return;
    if (durationMs >= SHORT_MS) {
      this.weigh(base, amount, durationMs);
      return;
    }
    const a1 = floor(amount * INVERSE_P26);
    const y = a1 * durationMs;
    const y1 = floor(y * INVERSE_P20);
    const low = values[base + AGE_LOW] + (amount - a1 * P26) * durationMs + (y - y1 * P20) * P26;
    const carry = floor(low * INVERSE_HIGH_UNIT);
    values[base + AGE_HIGH] += y1 + carry;
    values[base + AGE_LOW] = low - carry * HIGH_UNIT;
  }

  /** `age` of the positions at `first` and following of a list. */
  ageEach(positions: Int32Array, first: number, end: number, timeMs: number): void {
    for (let i = first; i < end; i++) this.age((positions[i] & MASK) * STRIDE, timeMs);
  }

  /** Adds amount * age to the sum of ages; takes it away for an amount below 0. */
  weigh(base: number, amountRao: number, ageMs: number): void {
    const values = this.values;
    values[base + AGE_HIGH] += weightedHigh(amountRao, ageMs);
    values[base + AGE_LOW] += weightedLow(amountRao, ageMs);
    this.normalise(base);
  }

  /** Brings AGE_LOW back below its unit. */
  normalise(base: number): void {
    const carry = floor(this.values[base + AGE_LOW] * INVERSE_HIGH_UNIT);
    this.values[base + AGE_HIGH] += carry;
    this.values[base + AGE_LOW] -= carry * HIGH_UNIT;
  }

  private carry(index: number, by: number): void {
    this.carries[index] += by;
    this.carried = true;
  }
}
