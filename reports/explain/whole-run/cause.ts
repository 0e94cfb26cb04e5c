import type { NamedRow } from "../told/told-rows-of.js";
import type { OwnEvent } from "./own-events.js";

/** Epochs on end in which a term moved one way. */
export interface CauseRange {
  /** The last epoch before it with a weight; null: it had none. */
  readonly before: number | null;
  readonly from: number;
  readonly to: number;
  readonly change: "up" | "down";
  /** [start, end) */
  readonly startMs: number;
  readonly endMs: number;
}

/** What made a term change, in words; the largest event that did, and how many there were. */
export interface Cause {
  readonly words: string;
  readonly event: OwnEvent | null;
  readonly events: number;
  /** The row of a stream that did; left out: none is known. */
  readonly row?: NamedRow;
}

/** A cause that no event, and no row of a stream, stands beside. */
export function causeInWords(words: string): Cause {
  return { words, event: null, events: 0 };
}
