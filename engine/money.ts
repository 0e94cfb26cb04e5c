import { InvariantError } from "./errors.js";
import { floor } from "./kernel/math.js";

/** The most a position may hold: 2^53 - 1 rao (9.007 million tokens), the last integer a double counts exactly. */
export const MAX_RAO = Number.MAX_SAFE_INTEGER;
/** 1 TAO or 1 alpha in rao. */
export const RAO_PER_TOKEN = 1_000_000_000;

/** Is this a whole amount from 0 to 2^53 - 1? */
export function isRao(value: number): boolean {
  return value >= 0 && value <= MAX_RAO && floor(value) === value;
}

/**
 * floor(a * b / c) exactly, for whole 0 <= a, b and 0 < c, all below 2^53.
 * @throws InvariantError when c is 0 or less.
 */
export function mulDivFloor(a: number, b: number, c: number): number {
  if (!(c > 0)) throw new InvariantError(`mulDivFloor divides by ${c}`);
  const product = a * b;
  if (product <= MAX_RAO) return floor(product / c);
  return Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** Resolution of the integer quotas that float weights become: 2^52. */
const QUOTA_SCALE = 4_503_599_627_370_496;

/**
 * Shares an integer pot by float weights (mechanisms 1): q_i = floor(w_i / w_max * 2^52), quota_i = pot * q_i / sum(q),
 * rounded down; the left-over rao go to the largest remainders, ties to the lower index. The parts sum to the pot.
 *
 * @param potRao whole rao, 0 or more, below 2^53
 * @param weights finite, 0 or more; index order is uid order
 * @param parts receives the parts, rao
 * @returns whether anyone could be given anything; with all weights zero the parts are zero and the pot is unallocated
 */
export function sharePot(potRao: number, weights: Float64Array, count: number, parts: Float64Array): boolean {
  let largest = 0;
  for (let i = 0; i < count; i++) if (weights[i] > largest) largest = weights[i];
  parts.fill(0, 0, count);
  if (!(largest > 0)) return false;
  if (potRao === 0) return true;
  const pot = BigInt(potRao);
  let quotaSum = 0n;
  const quotas = new Array<bigint>(count);
  for (let i = 0; i < count; i++) {
    const quota = BigInt(floor((weights[i] / largest) * QUOTA_SCALE));
    quotas[i] = quota;
    quotaSum += quota;
  }
  let given = 0n;
  const remainders = new Array<bigint>(count);
  for (let i = 0; i < count; i++) {
    const numerator = pot * quotas[i];
    const part = numerator / quotaSum;
    remainders[i] = numerator - part * quotaSum;
    parts[i] = Number(part);
    given += part;
  }
  const left = Number(pot - given);
  if (left > 0) {
    const byRemainder = Array.from({ length: count }, (_, i) => i).sort((a, b) =>
      remainders[a] === remainders[b] ? a - b : remainders[a] > remainders[b] ? -1 : 1,
    );
    for (let k = 0; k < left; k++) parts[byRemainder[k]] += 1;
  }
  return true;
}

/** An exact sum of whole amounts that may pass 2^53: `high` * 2^52 + `low`, 0 <= low < 2^52 after each call. */
export class ExactSum {
  #high = 0;
  #low = 0;

  /** Adds a whole amount of either sign, at most 2^53 in size. */
  add(amount: number): void {
    this.#low += amount >= QUOTA_SCALE ? amount - QUOTA_SCALE : amount;
    if (amount >= QUOTA_SCALE) this.#high += 1;
    const carry = floor(this.#low / QUOTA_SCALE);
    this.#high += carry;
    this.#low -= carry * QUOTA_SCALE;
  }

  toBigInt(): bigint {
    return BigInt(this.#high) * BigInt(QUOTA_SCALE) + BigInt(this.#low);
  }

  toString(): string {
    return this.toBigInt().toString();
  }
}
