import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";
import { ToldAtInstant } from "./told-at-instant.js";

/** Rows of `weights`: the base weight of a hotkey from here on (docs/explanation/weights.md). */
export class WeightEvents implements EventHandler {
  private readonly told = new ToldAtInstant();

  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { world } = this;
    const { row } = cursor;
    const columns = cursor.columnsOf("weights");
    const weight = columns.weight[row];
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new TenureError({
        code: "TEN-RULE-009",
        what: "A base weight is not a finite number of 0 or more.",
        place: placeOf(cursor, row),
        found: weight,
        allowed: "finite, 0 or more",
      });
    }
    const netuid = columns.netuid[row];
    const hotkey = columns.hotkey[row];
    const coldkey = columns.coldkey[row];
    const words = () => `the base weight of ${world.addresses.nameOf(hotkey)}`;
    this.told.take(cursor, netuid, hotkey, coldkey, columns.block[row], weight, words);
    const position = world.position(netuid, hotkey, coldkey);
    world.streamWeights.set(position, weight);
    cursor.advance();
  }
}
