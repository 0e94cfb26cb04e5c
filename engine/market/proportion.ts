import { floor } from "../kernel/math.js";
import { MAX_RAO, mulDivFloor } from "../kernel/money.js";

/**
 * Where the remainder is exact in doubles: the estimate of a quotient below 2^50 is off by at most 1/4 before it is rounded down, so its
 * remainder is in [-c/4, 5c/4); that of one below 2^52 is off by at most 1, and needs a divisor below 2^50.
 */
const SMALL_QUOTIENT = 1_125_899_906_842_624;
const SMALL_DIVISOR = SMALL_QUOTIENT;
const LARGE_QUOTIENT = 4_503_599_627_370_496;
/** 2^27 + 1: splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 134_217_729;
/** Shares in configurations are whole parts of a billion, so that fees are exact. */
export const SHARE_UNIT = 1_000_000_000;

/** What rounding lost of the product a * b, exactly (Dekker). */
function productError(a: number, b: number, product: number): number {
  const aShifted = a * SPLITTER;
  const aHigh = aShifted - (aShifted - a);
  const aLow = a - aHigh;
  const bShifted = b * SPLITTER;
  const bHigh = bShifted - (bShifted - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * floor(a * b / c) exactly, as `mulDivFloor`, but without big integers for the sizes a basket has: the quotient is estimated
 * in floating point, and its remainder, computed exactly from the rounding errors of both products, corrects it.
 *
 * @param a whole, 0 or more, below 2^53; `b` likewise
 * @param c whole, above 0, below 2^53
 * @throws InvariantError when c is 0 or less
 */
export function proportionFloor(a: number, b: number, c: number): number {
  const product = a * b;
  const isExact = product < SMALL_QUOTIENT * c || (c < SMALL_DIVISOR && product < LARGE_QUOTIENT * c);
  if (product <= MAX_RAO || !isExact) return mulDivFloor(a, b, c);
  let quotient = floor(product / c);
  const back = quotient * c;
  let remainder = product - back + (productError(a, b, product) - productError(quotient, c, back));
  while (remainder < 0) {
    quotient -= 1;
    remainder += c;
  }
  while (remainder >= c) {
    quotient += 1;
    remainder -= c;
  }
  return quotient;
}

/** ceil(a * b / c) exactly; the arguments as of `proportionFloor`. */
export function proportionCeil(a: number, b: number, c: number): number {
  if (a === 0 || b === 0) return 0;
  // Two whole products of which the smaller is the quotient's: equal only where nothing is left over.
  const quotient = proportionFloor(a, b, c);
  const product = a * b;
  const back = quotient * c;
  const left = product - back + (productError(a, b, product) - productError(quotient, c, back));
  return left > 0 ? quotient + 1 : quotient;
}

/** A share of 0..1 as whole parts of a billion. */
export function partsOf(share: number): number {
  return floor(share * SHARE_UNIT + 0.5);
}
