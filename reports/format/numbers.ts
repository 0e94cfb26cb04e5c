import { groupThousands } from "./amount.js";

/** A whole number with separators: 1,234,567. */
export function formatCount(count: number): string {
  return count < 0 ? `-${groupThousands(String(-count))}` : groupThousands(String(count));
}

/** "1 miner", "2,000 miners". */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** "2nd", "13th", "1,001st". */
export function ordinal(count: number): string {
  const teens = count % 100 >= 11 && count % 100 <= 13;
  return `${formatCount(count)}${teens ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th")}`;
}

/** A number with a fixed number of decimals and separators: 1,234.5000. A 0 has no sign. */
export function formatFixed(value: number, decimals: number): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(\..*)?$/.exec(value.toFixed(decimals)) ?? [];
  // Beyond 1e21, and of no number, there are no digits to separate.
  if (whole === "") return String(value);
  const isZero = /^0*$/.test(whole + fraction.slice(1));
  return `${isZero ? "" : sign}${groupThousands(whole)}${fraction}`;
}

/** TAO of a double, four decimals: "1,234.5678". */
export function formatTao(tao: number): string {
  return formatFixed(tao, 4);
}

/** A change in TAO: with a plus before a gain that its decimals show. */
export function formatTaoChange(tao: number): string {
  return withPlus(tao, formatTao);
}

function withPlus(value: number, format: (value: number) => string): string {
  const text = format(value);
  return value > 0 && text !== format(0) ? `+${text}` : text;
}

/** A share of 0..1 in percent, two decimals. */
export function formatShare(share: number): string {
  return `${formatFixed(share * 100, 2)} %`;
}

/** How far apart two shares of 0..1 lie, in percentage points with its sign: "+1.18 percentage points". */
export function formatPoints(difference: number): string {
  const points = (difference * 100).toFixed(2);
  return `${Number(points) > 0 ? "+" : ""}${Number(points) === 0 ? "0.00" : points} percentage points`;
}

/** How far a ratio is from 1, in percent with its sign: 1.0312 -> "+3.12 %". */
export function formatGain(ratio: number): string {
  return withPlus(ratio - 1, formatShare);
}

export function formatMultiplier(multiplier: number): string {
  return multiplier.toFixed(4);
}

export function formatDays(days: number): string {
  return `${days.toFixed(1)} d`;
}

/** A term of a formula: up to six decimals, zeros at the end trimmed. */
export function formatTerm(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/\.?0+$/, "");
}
