import { floor, min } from "../../kernel/math.js";

/**
 * The chain's I32F32: a number times 2^32, as a whole number in a double. What is computed here stays far below 2^53, so no operation
 * rounds but where it says so: a product down, a quotient of numbers that are not negative down.
 */
export const ONE = 4_294_967_296;
const HALF_BITS = 65_536;
const U16 = 65_535;

/**
 * Their product, rounded down.
 * @param a 0 or more, below 2^34
 * @param b below 2^34 in size
 */
export function times(a: number, b: number): number {
  const high = floor(b / HALF_BITS);
  const low = b - high * HALF_BITS;
  return floor((a * high + floor((a * low) / HALF_BITS)) / HALF_BITS);
}

/**
 * Their quotient, rounded down: long division, in which no remainder times its step passes 2^53.
 * @param a 0 or more, below 2^53
 * @param b above 0, below 2^45
 */
export function over(a: number, b: number): number {
  let quotient = floor(a / b);
  let rest = a - quotient * b;
  const step = b < 137_438_953_472 ? HALF_BITS : 256;
  for (let shifted = 1; shifted < ONE; shifted *= step) {
    rest *= step;
    const digit = floor(rest / b);
    quotient = quotient * step + digit;
    rest -= digit * b;
  }
  return quotient;
}

/** A u16 as a part of 65535, rounded down; so is a share as a u16. */
export function fromU16(value: number): number {
  return floor((value * ONE) / U16);
}

export function toU16(value: number): number {
  return min(U16, floor((value * U16) / ONE));
}
