import { compareWithDecimal, type Fraction } from "../../kernel/decimal.js";

/** More than a deviation over 2^18 miners can be off in doubles. */
const DEVIATION_ERROR = 1e-9;

/**
 * Is a deviation above a bound that was written as a decimal? Decided on the decimals: 0.05 off is not above 0.05.
 * @param exactly the same deviation, asked for near the bound only
 */
export function isAbove(deviation: number, bound: number, exactly: () => Fraction): boolean {
  // Only equal weights deviate by 0.
  if (deviation === 0) return bound < 0;
  return compareWithDecimal(deviation, DEVIATION_ERROR, bound, exactly) > 0;
}
