import { REJECTION_CAUSES, type RejectionCause } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import type { Provenance } from "./event-order.js";
import { TableCursor } from "./table-cursor.js";

/** A row of the table `rejections`: an event that asked a position for more than it held. */
export interface Rejection extends Provenance {
  readonly position: number;
  readonly cause: RejectionCause;
  readonly requestedRao: number;
  readonly heldRao: number;
}

/** The rejections of a run in order, instant by instant. */
export async function* rejectionsByInstant(run: OpenRun): AsyncGenerator<Rejection[]> {
  const rows = new TableCursor(run, "rejections");
  try {
    let instant: Rejection[] = [];
    for (; rows.stands || (await rows.refill()); rows.advance()) {
      const timeMs = rows.number("time_ms");
      if (instant.length > 0 && instant[0].timeMs !== timeMs) {
        yield instant;
        instant = [];
      }
      instant.push({
        timeMs,
        block: rows.number("block"),
        extrinsic: rows.number("extrinsic"),
        event: rows.number("event"),
        position: rows.number("position"),
        cause: REJECTION_CAUSES[rows.number("cause")],
        requestedRao: rows.number("requested_rao"),
        heldRao: rows.number("held_rao"),
      });
    }
    if (instant.length > 0) yield instant;
  } finally {
    await rows.close();
  }
}
