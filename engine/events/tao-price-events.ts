import type { World } from "../books/world.js";
import type { EventHandler } from "./event-handler.js";
import { PriceContradictions } from "./price-contradictions.js";
import { requirePrice } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `tao_price`: the latest counts. */
export class TaoPriceEvents implements EventHandler {
  /** Prices of one instant that differ; of TAO there is one price, whatever the subnet. */
  readonly contradictions = new PriceContradictions();

  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const price = cursor.columnsOf("tao_price").usdPerTao[row];
    requirePrice(cursor, row, price);
    this.contradictions.take(0, price, timeMs);
    this.world.usdPerTao.price = price;
    this.world.usdPerTao.toldMs = timeMs;
    cursor.advance();
  }
}
