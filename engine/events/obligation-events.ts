import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import { isRao } from "../kernel/money.js";
import { budgetUnit } from "../rules/stages/asked-facts.js";
import { OWED_UNITS, type OwedUnit } from "../tables/streams.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf, refuseAmount } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `obligations`: what a subnet comes to owe (docs/explanation/stages.md). */
export class ObligationEvents implements EventHandler {
  /** Of the budget that pays it; null: none does. */
  private readonly unit: OwedUnit | null;

  constructor(private readonly world: World) {
    this.unit = budgetUnit(world.configuration.stages?.stages ?? []);
  }

  take(cursor: StreamCursor): void {
    const { row } = cursor;
    const columns = cursor.columnsOf("obligations");
    const nanos = columns.amountRao[row];
    if (!isRao(nanos)) refuseAmount(cursor, row, columns.block[row], nanos);
    const unit = OWED_UNITS[columns.unit[row]];
    if (this.unit !== null && unit !== this.unit) {
      throw new TenureError({
        code: "TEN-RULE-025",
        what: "Something is owed in another unit than the budget is in.",
        place: placeOf(cursor, row),
        found: unit,
        allowed: this.unit,
        hint: "State the unit of the stream with the budget, or record the stream in its unit.",
      });
    }
    if (this.unit !== null) {
      const subnet = this.world.subnet(columns.netuid[row]);
      subnet.owe({ key: subnet.registry.keys.of(columns.hotkey[row]), nanos });
    }
    cursor.advance();
  }
}
