import { ONE } from "./fixed-point.js";

const BITS = 32n;
const WHOLE = BigInt(ONE);
const HALF = ONE / 2;
/** The series of the chain's exponential has as many terms as its numbers have bits of fraction. */
const TERMS = 32n;
/** The chain bounds the exponent, so that no term is too large. */
const LARGEST_EXPONENT = 20n * WHOLE;

/**
 * The sigmoid of liquid alpha as the chain computes it in I32F32: 1 / (1 + e^(-steepness (difference - 0.5))), e by its series of Taylor,
 * each term rounded down.
 */
export class ChainSigmoid {
  readonly #steepness: bigint;
  #difference = -1;
  #sigmoid = 0;

  /** @param steepness in units of 2^-32 */
  constructor(steepness: number) {
    this.#steepness = BigInt(steepness);
  }

  /** @param difference in units of 2^-32, 0 to 1 */
  of(difference: number): number {
    // Pairs at consensus all ask the same.
    if (difference !== this.#difference) {
      this.#difference = difference;
      const exponent = (this.#steepness * BigInt(HALF - difference)) >> BITS;
      this.#sigmoid = Number((WHOLE << BITS) / (WHOLE + exponential(exponent)));
    }
    return this.#sigmoid;
  }
}

function exponential(exponent: bigint): bigint {
  if (exponent >= 0n) return series(exponent > LARGEST_EXPONENT ? LARGEST_EXPONENT : exponent);
  return (WHOLE << BITS) / series(-exponent > LARGEST_EXPONENT ? LARGEST_EXPONENT : -exponent);
}

function series(exponent: bigint): bigint {
  let term = exponent;
  let sum = exponent + WHOLE;
  for (let i = 2n; i < TERMS && term > 0n; i++) {
    term = ((term * exponent) >> BITS) / i;
    sum += term;
  }
  return sum;
}
