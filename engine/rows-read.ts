import type { ClockEpochs } from "./epochs/clock-epochs.js";
import type { Events, StreamCursor } from "./events/index.js";
import type { Settlement } from "./vesting/settlement.js";

/** What took the rows of a run. */
export interface RowsRead {
  readonly events: Events;
  /** Null: epochs end by emission. */
  readonly clock: ClockEpochs | null;
  readonly cursors: readonly StreamCursor[];
  readonly settlement: Settlement;
}
