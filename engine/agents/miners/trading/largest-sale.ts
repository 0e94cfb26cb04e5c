import { floor } from "../../../kernel/math.js";

/** The search ends where what is left to find is a smaller part of the sale than this. */
const FINENESS = 1 / 256;

/**
 * The largest amount that fits, to 1/256 of it, of those up to `atMost`; 0 fits. The first question is `guess`, from where it doubles or
 * halves: with a guess from last time a few questions suffice, and they are about amounts that are not much larger than the answer.
 * Where not all smaller amounts fit, it is one that fits.
 * @returns whole, 0..atMost
 */
export function largestSale(atMost: number, guess: number, mostQuestions: number, fits: (amount: number) => boolean): number {
  if (atMost <= 0) return 0;
  let left = mostQuestions;
  let fitting = 0;
  let over = atMost + 1;
  for (let at = guess >= 1 && guess < atMost ? floor(guess) : atMost; left > 0; left--) {
    if (fits(at)) fitting = at;
    else over = at;
    if (fitting === atMost || over - fitting <= 1 || over - fitting <= fitting * FINENESS) break;
    if (fitting === 0) at = floor(at / 4);
    else if (over > atMost) at = 2 * fitting < atMost ? 2 * fitting : atMost;
    else at = fitting + floor((over - fitting) / 2);
    if (at === 0) break;
  }
  return fitting;
}
