import type { World } from "../books/world.js";
import type { EventHandler } from "./event-handler.js";
import { requirePrice } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `tao_price`: the latest counts. */
export class TaoPriceEvents implements EventHandler {
  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const price = cursor.columnsOf("tao_price").usdPerTao[row];
    requirePrice(cursor, row, price);
    this.world.usdPerTao.price = price;
    this.world.usdPerTao.toldMs = timeMs;
    cursor.advance();
  }
}
