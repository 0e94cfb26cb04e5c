import { InvariantError } from "./errors.js";
import { floor } from "./math.js";

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
  // A whole part of something is the most common fraction there is.
  if (b === c) return a;
  const product = a * b;
  if (product <= MAX_RAO) return floor(product / c);
  return Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** Unit of the high part of an exact sum: 2^52. */
const SUM_UNIT = 4_503_599_627_370_496;

/** An exact sum of whole amounts that may pass 2^53: `high` * 2^52 + `low`, 0 <= low < 2^52 after each call. */
export class ExactSum {
  #high = 0;
  #low = 0;

  /** Adds a whole amount of either sign, at most 2^53 in size. */
  add(amount: number): void {
    this.#low += amount >= SUM_UNIT ? amount - SUM_UNIT : amount;
    if (amount >= SUM_UNIT) this.#high += 1;
    const carry = floor(this.#low / SUM_UNIT);
    this.#high += carry;
    this.#low -= carry * SUM_UNIT;
  }

  toBigInt(): bigint {
    return BigInt(this.#high) * BigInt(SUM_UNIT) + BigInt(this.#low);
  }

  toString(): string {
    return this.toBigInt().toString();
  }
}

/** Whole rao, 0 or more, as an exact decimal number of tokens: `1.5`, `0.000000001`. */
export function tokensText(amountRao: number | bigint): string {
  const rao = BigInt(amountRao);
  const whole = rao / BigInt(RAO_PER_TOKEN);
  const rest = rao % BigInt(RAO_PER_TOKEN);
  if (rest === 0n) return String(whole);
  return `${whole}.${String(rest).padStart(9, "0").replace(/0+$/, "")}`;
}
