import type { World } from "../books/world.js";
import { isRao } from "../kernel/money.js";
import type { EventHandler } from "./event-handler.js";
import { refuseAmount } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";
import { ToldAtInstant } from "./told-at-instant.js";

/** Rows of `collateral`: what a hotkey has from here on (docs/explanation/stages.md). */
export class CollateralEvents implements EventHandler {
  private readonly told = new ToldAtInstant();

  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row } = cursor;
    const columns = cursor.columnsOf("collateral");
    const amountRao = columns.amountRao[row];
    if (!isRao(amountRao)) refuseAmount(cursor, row, columns.block[row], amountRao);
    const netuid = columns.netuid[row];
    const hotkey = columns.hotkey[row];
    const words = () => `collateral of ${this.world.addresses.nameOf(hotkey)}, in rao`;
    this.told.take(cursor, netuid, hotkey, -1, columns.block[row], amountRao, words);
    const subnet = this.world.subnet(netuid);
    subnet.collateralRao.set(subnet.registry.keys.of(hotkey), amountRao);
    cursor.advance();
  }
}
