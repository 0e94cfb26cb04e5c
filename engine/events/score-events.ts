import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `scores`: what the work of a hotkey is worth from here on (docs/explanation/weights.md). */
export class ScoreEvents implements EventHandler {
  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("scores");
    const score = columns.score[row];
    if (!(score >= 0 && score < Number.POSITIVE_INFINITY)) {
      throw new TenureError({
        code: "TEN-RULE-040",
        what: `The score of ${this.world.addresses.nameOf(columns.hotkey[row])} is not a finite number of 0 or more.`,
        place: placeOf(cursor, row),
        found: score,
        allowed: "finite, 0 or more",
      });
    }
    const subnet = this.world.subnet(columns.netuid[row]);
    const column = columns.column[row];
    const name = column < 0 ? null : this.world.addresses.nameOf(column);
    subnet.scores.set(subnet.registry.keys.of(columns.hotkey[row]), name, score, timeMs);
    cursor.advance();
  }
}
