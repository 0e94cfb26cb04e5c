import type { World } from "../books/world.js";
import type { Place } from "../kernel/errors.js";
import type { EventHandler } from "./event-handler.js";
import { PriceContradictions } from "./price-contradictions.js";
import { placeOf, requirePrice } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** What listens to prices, and may change them for who is told after it. */
export interface PriceListener {
  /** @returns the price as it is taken, TAO; 0: it is thrown away */
  takePrice(netuid: number, priceTao: number, timeMs: number, place: () => Place): number;
}

/** Rows of `price`: the latest of a subnet counts. */
export class PriceEvents implements EventHandler {
  readonly contradictions = new PriceContradictions();

  constructor(
    private readonly world: World,
    private readonly listeners: readonly PriceListener[],
  ) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("price");
    const netuid = columns.netuid[row];
    const price = columns.priceTaoPerAlpha[row];
    requirePrice(cursor, row, price);
    this.contradictions.take(netuid, price, timeMs);
    let taken = price;
    for (const listener of this.listeners) {
      if (taken > 0) taken = listener.takePrice(netuid, taken, timeMs, () => placeOf(cursor, row));
    }
    if (taken > 0 && netuid >= 0) {
      const subnet = this.world.subnet(netuid);
      subnet.priceTaoPerAlpha = taken;
      subnet.toldPrices.told(timeMs);
    }
    cursor.advance();
  }
}
