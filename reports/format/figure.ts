import { formatCount } from "./numbers.js";

/** Digits that tell values of a sample apart, and no more than anybody reads. */
const DIGITS = 6;

/** A figure of any size: six significant digits, thousands separated, zeros at the end trimmed. */
export function formatFigure(value: number): string {
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -4 || size >= 15) return value.toExponential(DIGITS - 2).replace(/\.?0+e/, "e");
  const decimals = Math.min(Math.max(DIGITS - 1 - size, 0), 9);
  const [whole, fraction = ""] = Math.abs(value).toFixed(decimals).split(".");
  const kept = fraction.replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${formatCount(Number(whole))}${kept === "" ? "" : `.${kept}`}`;
}
