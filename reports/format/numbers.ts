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

/** A share of 0..1 in percent, two decimals. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** How far apart two shares of 0..1 lie, in percentage points with its sign: "+1.18 percentage points". */
export function formatPoints(difference: number): string {
  const points = (difference * 100).toFixed(2);
  return `${Number(points) > 0 ? "+" : ""}${Number(points) === 0 ? "0.00" : points} percentage points`;
}

/** How far a ratio is from 1, in percent with its sign: 1.0312 -> "+3.12 %". */
export function formatGain(ratio: number): string {
  const percent = ((ratio - 1) * 100).toFixed(2);
  return `${Number(percent) > 0 ? "+" : ""}${Number(percent) === 0 ? "0.00" : percent} %`;
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
