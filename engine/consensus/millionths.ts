import { abs, round } from "../kernel/math.js";

/** Shares that take money are whole millionths, so that what they take is exact. */
export const MILLION = 1_000_000;

/** A share as whole millionths. */
export function millionthsOf(share: number): number {
  return round(share * MILLION);
}

/** Is a share from 0 to 1, and a whole number of millionths but for the rounding of its own decimal? */
export function isMillionths(share: number): boolean {
  return share >= 0 && share <= 1 && abs(share * MILLION - round(share * MILLION)) < 1e-6;
}
