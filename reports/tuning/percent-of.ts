import { shortFigure } from "./short-figure.js";

/** Shares below it are the rounding of sums. */
const LEAST = 1e-5;

/** A share as a percentage of three digits. */
export function percentOf(share: number): string {
  return share !== 0 && Math.abs(share) < LEAST ? "below 0.001 %" : `${shortFigure(100 * share)} %`;
}
