import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";
import { ToldAtInstant } from "./told-at-instant.js";

/** Rows of `scores`: what the work of a hotkey is worth from here on (docs/explanation/weights.md). */
export class ScoreEvents implements EventHandler {
  private readonly told = new ToldAtInstant();

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
    const { addresses } = this.world;
    const netuid = columns.netuid[row];
    const hotkey = columns.hotkey[row];
    const column = columns.column[row];
    const name = column < 0 ? null : addresses.nameOf(column);
    const words = () => `${name === null ? "the score" : `column ${name}`} of ${addresses.nameOf(hotkey)}`;
    this.told.take(cursor, netuid, hotkey, column, columns.block[row], score, words);
    const subnet = this.world.subnet(netuid);
    subnet.scores.set(subnet.registry.keys.of(hotkey), name, score, timeMs);
    cursor.advance();
  }
}
