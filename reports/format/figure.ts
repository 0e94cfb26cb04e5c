import { groupThousands } from "./amount.js";

/** Letters that a figure needs no more than, but for its sign. */
const DIGITS = 6;

/** Whole digits with separators: "-1234567.5" -> "-1,234,567.5". */
function grouped(text: string): string {
  const [, sign = "", whole = "", rest = ""] = /^([-+]?)(\d+)(.*)$/.exec(text) ?? [];
  return `${sign}${groupThousands(whole)}${rest}`;
}

/** Any number for a column of figures: whole ones as they are, others with six digits; very small and very large ones with an exponent. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size < 1e-3 || size >= 1e15) return value.toExponential(3);
  if (Number.isInteger(value)) return grouped(String(value));
  const decimals = Math.max(DIGITS - Math.max(Math.floor(Math.log10(size)) + 1, 1), 0);
  return grouped(value.toFixed(decimals));
}

/** The same of a change: with a plus before a gain. */
export function formatFigureChange(change: number): string {
  return `${change > 0 ? "+" : ""}${formatFigure(change)}`;
}

/** A change in percent of what it is a change of, two decimals, with its sign. */
export function formatChangeShare(share: number): string {
  const percent = (share * 100).toFixed(2);
  if (Number(percent) === 0) return "0.00 %";
  return `${share > 0 ? "+" : ""}${grouped(percent)} %`;
}
