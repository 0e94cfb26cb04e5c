import { formatFigure } from "../format/figure.js";
import { formatFigureChange } from "../format/figure-change.js";

/** Digits of what is estimated: more would claim to be known. */
const DIGITS = 3;

const short = (value: number) => Number(value.toPrecision(DIGITS));

/** A figure with three digits. */
export function shortFigure(value: number): string {
  return formatFigure(short(value));
}

/** An interval of a change, with three digits: `-0.0033 to +0.0164`. */
export function shortChangeRange({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatFigureChange(short(low))} to ${formatFigureChange(short(high))}`;
}
