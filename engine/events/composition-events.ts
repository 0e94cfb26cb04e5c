import type { Place } from "../kernel/errors.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** What composes an index of emission rates, or of compositions as they were published. */
export interface CompositionListener {
  takeEmissionRate(timeMs: number, netuid: number, rate: number, place: Place): void;
  takePublished(timeMs: number, netuid: number, weight: number): void;
}

/** Rows of `emission_rate`. */
export class EmissionRateEvents implements EventHandler {
  constructor(private readonly listeners: readonly CompositionListener[]) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const { netuid, emissionRate } = cursor.columnsOf("emission_rate");
    for (const listener of this.listeners) listener.takeEmissionRate(timeMs, netuid[row], emissionRate[row], placeOf(cursor, row));
    cursor.advance();
  }
}

/** Rows of `index_weights`. */
export class IndexWeightEvents implements EventHandler {
  constructor(private readonly listeners: readonly CompositionListener[]) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const { netuid, weight } = cursor.columnsOf("index_weights");
    for (const listener of this.listeners) listener.takePublished(timeMs, netuid[row], weight[row]);
    cursor.advance();
  }
}
