import { columnIndex, KEY_SWAPS, type Place, STAKE_ACTIONS, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";

/** Checks that no row but a swap of keys is of all subnets (netuid -1; docs/explanation/flows.md). */
export class AllSubnetsCheck {
  readonly #netuid = columnIndex(STREAMS.stake, "netuid");
  readonly #action = columnIndex(STREAMS.stake, "action");
  readonly #swaps: ReadonlySet<number> = new Set(KEY_SWAPS.map((action) => STAKE_ACTIONS.indexOf(action)));

  /** Null for a kind of stream whose rows are each of one subnet. */
  static of(kind: StreamKind): AllSubnetsCheck | null {
    return kind === "stake" ? new AllSubnetsCheck() : null;
  }

  private constructor() {}

  /**
   * @param values of one row, in the order of the declaration
   * @param place of the row's given column
   * @throws TenureError `TEN-IMPORT-013`
   */
  check(values: readonly number[], place: (column: string) => Place): void {
    if (values[this.#netuid] >= 0 || this.#swaps.has(values[this.#action])) return;
    throw new TenureError({
      code: "TEN-IMPORT-013",
      what: "A row is of all subnets, and no swap of keys.",
      place: place("netuid"),
      found: `netuid -1, action ${STAKE_ACTIONS[values[this.#action]]}`,
      allowed: `0 to 65535; -1 with ${KEY_SWAPS.join(" and ")}`,
      hint: "Name the subnet; what happened on several is a row on each.",
    });
  }
}
