import { instantText } from "../../engine/index.js";
import type { RecordedStream } from "../streams/index.js";
import { firstTakenMs, isHistory } from "./rows-taken.js";

/** The stretch of time of a run. */
interface Window {
  readonly startMs: number;
  /** Null: to the end of the streams. */
  readonly endMs: number | null;
}

/**
 * That a run takes none of the rows that were recorded, since all lie before its start or after its end: how many there are,
 * from when to when, and what to set. Empty where it takes any, and where there are none. What is history wherever it lies is
 * not counted.
 */
export function outsideWindow(streams: readonly RecordedStream[], { startMs, endMs }: Window): string[] {
  const files = streams
    .filter(({ kind }) => !isHistory(kind))
    .flatMap(({ kind, files }) => files.map((file) => ({ ...file, takenMs: firstTakenMs(kind, startMs) })))
    .flatMap(({ rows, from_ms, to_ms, takenMs }) => (from_ms === null || to_ms === null ? [] : [{ rows, from_ms, to_ms, takenMs }]));
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  if (rows === 0) return [];
  const firstMs = files.reduce((first, { from_ms }) => Math.min(first, from_ms), Number.POSITIVE_INFINITY);
  const lastMs = files.reduce((last, { to_ms }) => Math.max(last, to_ms), 0);
  const all = `${rows === 1 ? "the only row" : `all ${rows} rows`} of the recorded streams ${rows === 1 ? "lies" : "lie"}`;
  const span = `from ${instantText(firstMs)} to ${instantText(lastMs)}, so nothing of them is simulated`;
  if (files.every(({ to_ms, takenMs }) => to_ms < takenMs)) {
    // Pay at the very start is of the epoch before.
    const start = instantText(Math.max(0, firstMs - 1));
    return [`time.start is ${instantText(startMs)}, and ${all} before it, ${span}. Set time.start to ${start}.`];
  }
  if (endMs === null || firstMs <= endMs) return [];
  const remedy = `Have the run end later: at ${instantText(lastMs)} it takes all of them`;
  return [`The run ends at ${instantText(endMs)}, and ${all} after it, ${span}. ${remedy} (time.end or time.days).`];
}
