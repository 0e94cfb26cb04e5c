import { round } from "../kernel/math.js";

/** Shares that take money are whole millionths, so that what they take is exact. */
export const MILLION = 1_000_000;

/** A share as whole millionths. */
export function millionthsOf(share: number): number {
  return round(share * MILLION);
}
