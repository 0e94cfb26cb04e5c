import { formatFigure } from "../format/figure.js";

/** A share as a percentage of three digits. */
export function percentOf(share: number): string {
  return `${formatFigure(Number((100 * share).toPrecision(3)))} %`;
}
