import type { World } from "../books/world.js";
import { isRao } from "../kernel/money.js";
import type { EventHandler } from "./event-handler.js";
import { refuseAmount } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `collateral`: what a hotkey has from here on (docs/explanation/stages.md). */
export class CollateralEvents implements EventHandler {
  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row } = cursor;
    const columns = cursor.columnsOf("collateral");
    const amountRao = columns.amountRao[row];
    if (!isRao(amountRao)) refuseAmount(cursor, row, columns.block[row], amountRao);
    const subnet = this.world.subnet(columns.netuid[row]);
    subnet.collateralRao.set(subnet.registry.keys.of(columns.hotkey[row]), amountRao);
    cursor.advance();
  }
}
