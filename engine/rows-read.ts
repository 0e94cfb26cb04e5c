import type { EpochTotals } from "./epochs/epoch-totals.js";
import type { InsidePay } from "./epochs/inside-pay.js";
import type { RecordedShares } from "./epochs/recorded-shares.js";
import type { Events, StreamCursor } from "./events/index.js";

/** What took the rows of a run, and closed its epochs. */
export interface RowsRead {
  readonly events: Events;
  readonly inside: InsidePay;
  readonly cursors: readonly StreamCursor[];
  readonly epochs: EpochTotals;
  /** Source of the epochs of recorded subnets. */
  readonly recorded: RecordedShares;
}
