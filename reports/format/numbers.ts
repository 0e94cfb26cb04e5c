import { groupThousands } from "./amount.js";

/** A whole number with separators: 1,234,567. */
export function formatCount(count: number): string {
  return count < 0 ? `-${groupThousands(String(-count))}` : groupThousands(String(count));
}

/** "1 miner", "2,000 miners". */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A share of 0..1 in percent, two decimals. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
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
