import type { StreamDescription } from "../configuration/stream-description.js";
import { TenureError } from "../kernel/errors.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/**
 * Looks for one event in two streams: recordings that overlap would pay or move it twice. A stream by itself is not looked at; an import
 * does that. Keys are of one instant, and forgotten when the next begins.
 */
export class ToldTwice {
  private readonly told = new Map<string, number>();
  private instantMs = -1;
  private readonly isNeeded: boolean;

  constructor(
    streams: readonly StreamDescription[],
    kind: StreamDescription["kind"],
    private readonly what: "A payment" | "A stake event",
  ) {
    this.isNeeded = streams.filter((stream) => stream.kind === kind).length > 1;
  }

  /** Is there more than one stream that could tell the same? */
  get looks(): boolean {
    return this.isNeeded;
  }

  /**
   * @param key what makes two rows of one instant the same event; no amount, since two that differ in it would count twice, too
   * @throws TenureError `TEN-LEDGER-008` for one that another stream told
   */
  take(cursor: StreamCursor, row: number, key: string): void {
    if (cursor.timeMs !== this.instantMs) {
      this.instantMs = cursor.timeMs;
      this.told.clear();
    }
    const source = this.told.get(key);
    if (source === undefined) this.told.set(key, cursor.source);
    else if (source !== cursor.source) this.refuse(cursor, row);
  }

  /**
   * Takes a row of a stake stream. Without its place in the block an event cannot be told from another like it.
   * @throws TenureError `TEN-LEDGER-008`
   */
  stakeEvent(cursor: StreamCursor, row: number): void {
    const { block, extrinsic, event, netuid, hotkey, coldkey } = cursor.columnsOf("stake");
    if (block[row] < 0 || event[row] < 0) return;
    this.take(cursor, row, `${block[row]}:${extrinsic[row]}:${event[row]}:${netuid[row]}:${hotkey[row]}:${coldkey[row]}`);
  }

  private refuse(cursor: StreamCursor, row: number): never {
    throw new TenureError({
      code: "TEN-LEDGER-008",
      what: "Two recordings overlap: both tell of the same event.",
      place: { ...placeOf(cursor, row), timeMs: cursor.timeMs },
      found: `${this.what.toLowerCase()} of ${cursor.description.name} that another stream has, too, with the same amount or another`,
      allowed: "each event in one of the scenario's recordings",
      hint: "Name one of the recordings alone, or state `kinds` with a stream so that each kind is taken from one.",
    });
  }
}
