import { InvariantError, math } from "../../../engine/index.js";
import { DIRECTION_NUMBERS } from "./direction-numbers.js";

/** Dimensions for which there are direction numbers. */
export const MOST_DIMENSIONS = DIRECTION_NUMBERS.length + 1;

const BITS = 32;

/**
 * The Sobol sequence in base 2, in the order of the Gray code (Antonov & Saleev 1979), from the origin on. Of the first 2^m points
 * exactly one lies in each of 2^m equal intervals of every axis; of the first two axes one in each rectangle of area 2^-m whose
 * sides are such intervals.
 */
export class SobolPoints {
  readonly #directions: readonly Uint32Array[];
  readonly #state: Uint32Array;
  #given = 0;

  /** @param dimensions 1 to MOST_DIMENSIONS */
  constructor(dimensions: number) {
    if (!(dimensions >= 1 && dimensions <= MOST_DIMENSIONS)) throw new InvariantError(`a Sobol sequence of ${dimensions} dimensions`);
    this.#directions = Array.from({ length: dimensions }, (_, dimension) => directions(dimension));
    this.#state = new Uint32Array(dimensions);
  }

  /** The next point: 32 binary digits for each dimension, as whole numbers below 2^32. The array is used again. */
  next(): Uint32Array {
    if (this.#given > 0) {
      // The bit in which the Gray codes of two neighbours differ.
      const bit = BITS - 1 - math.clz32(this.#given & -this.#given);
      for (const [dimension, numbers] of this.#directions.entries()) this.#state[dimension] ^= numbers[bit];
    }
    this.#given += 1;
    return this.#state;
  }
}

/** The direction numbers of a dimension, the first in the highest bit (Joe & Kuo 2008, equation 2). */
function directions(dimension: number): Uint32Array {
  const numbers = new Uint32Array(BITS);
  if (dimension === 0) return numbers.map((_, k) => 1 << (BITS - 1 - k));
  const [degree, coefficients, first] = DIRECTION_NUMBERS[dimension - 1];
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      numbers[k] = first[k] << (BITS - 1 - k);
      continue;
    }
    let number = numbers[k - degree] ^ (numbers[k - degree] >>> degree);
    for (let i = 1; i < degree; i++) if ((coefficients >>> (degree - 1 - i)) & 1) number ^= numbers[k - i];
    numbers[k] = number;
  }
  return numbers;
}
