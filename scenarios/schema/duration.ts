import * as z from "zod";
import { math } from "../../engine/index.js";

const { abs, floor, round } = math;
const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;
const SPAN = /^(\d{1,12}(?:\.\d{1,9})?)\s*(d|h|min|s|ms)$/;
/** A hundred years. */
const LONGEST_MS = 36_525 * 86_400_000;

/** Whole milliseconds of `300 s`, `1.5 h` or `14 d`; null for what is none, is no whole number of them, or is over 100 years. */
export function durationMs(text: string): number | null {
  const match = SPAN.exec(text.trim());
  if (match === null) return null;
  const unitMs = UNITS.find(([unit]) => unit === match[2])?.[1] ?? 1;
  const exactMs = Number(match[1]) * unitMs;
  const timeMs = round(exactMs);
  return abs(exactMs - timeMs) < 1e-3 && timeMs <= LONGEST_MS ? timeMs : null;
}

/** A time span in the largest unit that it is a whole number of: `5 min`. */
export function durationText(timeMs: number): string {
  const [unit, unitMs] = UNITS.find(([, size]) => timeMs > 0 && floor(timeMs / size) * size === timeMs) ?? UNITS[3];
  return `${timeMs / unitMs} ${unit}`;
}

/** What is said to be allowed begins so. */
export const DURATION = "a time span such as";

/** A time span; comes out as `durationText` writes it. */
export function duration(range: { readonly atLeastMs?: number; readonly atMostMs?: number } = {}) {
  const { atLeastMs = 0, atMostMs = LONGEST_MS } = range;
  const bounds = `${atLeastMs === 0 ? "" : `, at least ${durationText(atLeastMs)}`}${atMostMs === LONGEST_MS ? "" : `, at most ${durationText(atMostMs)}`}`;
  const error = `${DURATION} 300 s, 10 min, 2 h or 14 d${bounds}`;
  const fits = (text: string) => {
    const timeMs = durationMs(text);
    return timeMs !== null && timeMs >= atLeastMs && timeMs <= atMostMs;
  };
  return z
    .string({ error })
    .refine(fits, { error })
    .transform((text) => durationText(durationMs(text) ?? 0));
}
