import { DAY_MS } from "../../engine/index.js";

const HOUR_MS = DAY_MS / 24;
/** Lengths that people count time in. */
const SPANS_MS = [
  HOUR_MS / 60,
  HOUR_MS / 4,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  28 * DAY_MS,
];

/** Equal spans of time, into which what happens at instants is summed. */
export interface TimeGrid {
  /** Start of the first span, a multiple of the span since 1970 UTC. */
  readonly start_ms: number;
  readonly span_ms: number;
  readonly count: number;
}

/** The finest grid of at most so many spans that covers [startMs, endMs]; an end at which a span would begin is of the one before. */
export function timeGrid(startMs: number, endMs: number, most: number): TimeGrid {
  const countOf = (span: number) => Math.max(1, Math.ceil(endMs / span) - Math.floor(startMs / span));
  const fits = (span: number) => countOf(span) <= most;
  let span = SPANS_MS.find(fits) ?? 28 * DAY_MS;
  while (!fits(span)) span *= 2;
  return { start_ms: Math.floor(startMs / span) * span, span_ms: span, count: countOf(span) };
}

/** The span an instant lies in; what lies beside the grid counts to its first or last. */
export function spanAt({ start_ms, span_ms, count }: TimeGrid, timeMs: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((timeMs - start_ms) / span_ms)));
}

/** The span that an instant closes, as the end of an epoch does: at a border the one that ends there. */
export function spanClosedAt(grid: TimeGrid, timeMs: number): number {
  return spanAt(grid, timeMs - 1);
}

/** Starts of the spans. */
export function spanStarts({ start_ms, span_ms, count }: TimeGrid): number[] {
  return Array.from({ length: count }, (_, at) => start_ms + at * span_ms);
}

/** "a day", "every 3 hours": how often a bar stands. */
export function perSpan(grid: TimeGrid): string {
  const words = spanWords(grid);
  return /^\d/.test(words) ? `every ${words}` : `a${words === "hour" ? "n" : ""} ${words}`;
}

/** "day", "3 hours". */
export function spanWords({ span_ms }: TimeGrid): string {
  if (span_ms % DAY_MS === 0) return span_ms === DAY_MS ? "day" : `${span_ms / DAY_MS} days`;
  if (span_ms % HOUR_MS === 0) return span_ms === HOUR_MS ? "hour" : `${span_ms / HOUR_MS} hours`;
  return span_ms === HOUR_MS / 60 ? "minute" : `${(span_ms * 60) / HOUR_MS} minutes`;
}

/** The start of the span that `spanAt` names, as DuckDB tells it. @param time a column of times */
export function spanStartSql({ start_ms, span_ms, count }: TimeGrid, time: string): string {
  const last = new Date(start_ms + (count - 1) * span_ms).toISOString().slice(0, "2026-01-01T00:00".length);
  // Without an origin DuckDB counts days from 2000.
  return `time_bucket(to_milliseconds(${span_ms}), least(${time}, TIMESTAMP '${last.replace("T", " ")}:00'), TIMESTAMP '1970-01-01')`;
}
