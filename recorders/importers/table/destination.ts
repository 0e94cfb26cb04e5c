import { type Place, STAKE_ACTIONS, STREAMS, type StakeAction, type StreamKind, TenureError } from "../../../engine/index.js";

/** What of the destination an action cannot be without: one of these columns. */
const NEEDED: Readonly<Partial<Record<StakeAction, readonly string[]>>> = {
  moved: ["to_hotkey", "to_netuid", "to_coldkey"],
  swapped: ["to_netuid", "to_hotkey", "to_coldkey"],
  transferred: ["to_coldkey", "to_hotkey", "to_netuid"],
  hotkey_swapped: ["to_hotkey"],
  coldkey_swapped: ["to_coldkey"],
};

/** Checks that stake which goes elsewhere says where: a move that names no destination would be a move to itself, and nothing. */
export class DestinationCheck {
  readonly #actionIndex: number;
  /** By action code: the places of its columns; undefined where it needs none. */
  readonly #needed: readonly (readonly number[] | undefined)[];

  /** Null for a kind of stream that moves nothing. */
  static of(kind: StreamKind): DestinationCheck | null {
    return kind === "stake" ? new DestinationCheck() : null;
  }

  private constructor() {
    const names = STREAMS.stake.columns.map((column) => column.name);
    this.#actionIndex = names.indexOf("action");
    this.#needed = STAKE_ACTIONS.map((action) => NEEDED[action]?.map((name) => names.indexOf(name)));
  }

  /**
   * @param values of one row, in the order of the declaration
   * @param place of the row's given column
   * @throws TenureError `TEN-IMPORT-013`
   */
  check(values: readonly number[], place: (column: string) => Place): void {
    const code = values[this.#actionIndex];
    const needed = this.#needed[code];
    if (needed === undefined || needed.some((index) => values[index] >= 0)) return;
    const action = STAKE_ACTIONS[code];
    const columns = NEEDED[action] ?? [];
    throw new TenureError({
      code: "TEN-IMPORT-013",
      what: `Stake was ${action.replace("_swapped", " swapped")}, but the row does not say where to.`,
      place: place(columns[0]),
      found: null,
      allowed: columns.length === 1 ? `a value in ${columns[0]}` : `a value in at least one of ${columns.join(", ")}`,
      hint: "Map the field that holds the destination with --map; stake that only left is `removed`.",
    });
  }
}
