import { TenureError } from "../kernel/errors.js";
import { placeOf } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Above every number of an address: those of two addresses make one number below 2^53. */
const MOST_IDS = 67_108_864;

interface Told {
  readonly value: number;
  readonly block: number;
  readonly stream: string;
  readonly row: number;
}

/**
 * What rows of one instant say of somebody, of which no two may differ: nothing says which of them holds. Rows that both name a block,
 * and not the same, come one after the other.
 */
export class ToldAtInstant {
  /** By subnet, then by subject. */
  private readonly told = new Map<number, Map<number, Told>>();
  private instantMs = -1;

  /**
   * @param netuid the subnet
   * @param of number of what the row is of: an address
   * @param beside a second number, such as that of a column; -1: none
   * @param words whom and what the row tells of, for a refusal
   * @throws TenureError `TEN-RULE-042` where another row of the instant says otherwise
   */
  take(cursor: StreamCursor, netuid: number, of: number, beside: number, block: number, value: number, words: () => string): void {
    const { row, before, timeMs, description } = cursor;
    if (timeMs !== this.instantMs) {
      this.instantMs = timeMs;
      this.told.clear();
    }
    let ofSubnet = this.told.get(netuid);
    if (ofSubnet === undefined) {
      ofSubnet = new Map();
      this.told.set(netuid, ofSubnet);
    }
    const subject = of * MOST_IDS + beside + 1;
    const earlier = ofSubnet.get(subject);
    if (earlier !== undefined && earlier.value !== value && !(block >= 0 && earlier.block >= 0 && block !== earlier.block)) {
      throw new TenureError({
        code: "TEN-RULE-042",
        what: `Two rows of one instant contradict each other: ${words()}.`,
        place: { ...placeOf(cursor, row), timeMs },
        found: value,
        allowed: `one value at an instant; row ${earlier.row + 1} of stream ${earlier.stream} says ${earlier.value}`,
        hint: "Keep the row that holds, or give them times, or blocks, that tell which is later.",
      });
    }
    ofSubnet.set(subject, { value, block, stream: description.name, row: before + row });
  }
}
