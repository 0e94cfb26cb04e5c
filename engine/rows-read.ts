import type { InsidePay } from "./epochs/inside-pay.js";
import type { Events, StreamCursor } from "./events/index.js";
import type { Settlement } from "./vesting/settlement.js";

/** What took the rows of a run. */
export interface RowsRead {
  readonly events: Events;
  readonly inside: InsidePay;
  readonly cursors: readonly StreamCursor[];
  readonly settlement: Settlement;
}
