import { isWholeParts } from "../kernel/decimal.js";
import { round } from "../kernel/math.js";

/** Shares that take money are whole millionths, so that what they take is exact. */
export const MILLION = 1_000_000;

/** A share as whole millionths. */
export function millionthsOf(share: number): number {
  return round(share * MILLION);
}

/** Is a share from 0 to 1, written with at most six decimals? */
export function isMillionths(share: number): boolean {
  return share >= 0 && share <= 1 && isWholeParts(share, MILLION);
}
