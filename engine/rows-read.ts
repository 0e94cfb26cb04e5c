import type { EpochTotals } from "./epochs/epoch-totals.js";
import type { Events, StreamCursor } from "./events/index.js";

/** What took the rows of a run, and what its epochs amount to. */
export interface RowsRead {
  readonly events: Events;
  readonly cursors: readonly StreamCursor[];
  readonly epochs: EpochTotals;
}
