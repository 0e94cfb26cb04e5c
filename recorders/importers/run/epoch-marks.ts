import type { Provenance } from "./event-order.js";
import type { RunEpoch } from "./run-epochs.js";

/** A row of the stream `epoch_marks`. */
export interface EpochMarkRow extends Provenance {
  readonly netuid: number;
}

/**
 * Ends of epochs as marks, instant by instant: by marks alone a replay has the epochs of the run, those that paid nobody and
 * those that pay came inside of.
 */
export class EpochMarks {
  #next = 0;

  /** @param ends in order of time */
  constructor(private readonly ends: readonly RunEpoch[]) {}

  /** Marks of before an instant, each instant's by itself; nothing tells their blocks. */
  *before(timeMs: number): Generator<readonly EpochMarkRow[]> {
    while (this.#next < this.ends.length && this.ends[this.#next].endMs < timeMs) yield this.#at(this.ends[this.#next].endMs, -1);
  }

  /** Marks of an instant, of which other rows tell the block; that is not stated where they tell several. */
  of(timeMs: number, rows: readonly { readonly block: number }[]): readonly EpochMarkRow[] {
    if (this.ends[this.#next]?.endMs !== timeMs) return [];
    const told = new Set(rows.map(({ block }) => block).filter((block) => block >= 0));
    const [block = -1] = told.size === 1 ? told : [];
    return this.#at(timeMs, block);
  }

  #at(timeMs: number, block: number): EpochMarkRow[] {
    const marks: EpochMarkRow[] = [];
    for (; this.ends[this.#next]?.endMs === timeMs; this.#next += 1) {
      marks.push({ timeMs, block, extrinsic: -1, event: -1, netuid: this.ends[this.#next].netuid });
    }
    return marks;
  }
}
