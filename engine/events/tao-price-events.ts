import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `tao_price`: the latest counts. */
export class TaoPriceEvents implements EventHandler {
  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const price = cursor.columnsOf("tao_price").usdPerTao[row];
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) {
      throw new TenureError({
        code: "TEN-MARKET-001",
        what: "A price is not a finite number above 0.",
        place: placeOf(cursor, row),
        found: price,
        allowed: "finite and above 0",
      });
    }
    this.world.usdPerTao.price = price;
    this.world.usdPerTao.toldMs = timeMs;
    cursor.advance();
  }
}
