import { columnIndex, type Place, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { StatesAtInstant } from "./states-at-instant.js";

/** What rows say, and of whom: no two rows of one instant may say otherwise. */
interface Saying {
  readonly of: readonly string[];
  readonly value: string;
}

/** Kinds whose rows are in force until the next. What is owed is no state: a second row of an instant is owed on top. */
const SAYINGS: Partial<Readonly<Record<StreamKind, readonly Saying[]>>> = {
  weights: [{ of: ["netuid", "hotkey", "coldkey"], value: "weight" }],
  scores: [{ of: ["netuid", "hotkey", "column"], value: "score" }],
  collateral: [{ of: ["netuid", "hotkey"], value: "amount_rao" }],
  validator_weights: [
    { of: ["netuid", "validator", "hotkey"], value: "weight" },
    { of: ["netuid", "validator"], value: "stake_rao" },
  ],
};

/** Finds rows of a table that contradict each other: of one instant, of the same hotkey, with another value. */
export class ContradictingRows {
  readonly #sayings: readonly {
    readonly name: string;
    readonly of: readonly number[];
    readonly at: number;
    readonly states: StatesAtInstant;
  }[];
  readonly #block: number;

  constructor(kind: StreamKind) {
    const declaration = STREAMS[kind];
    this.#block = columnIndex(declaration, "block");
    this.#sayings = (SAYINGS[kind] ?? []).map(({ of, value }) => ({
      name: value,
      of: of.map((name) => columnIndex(declaration, name)),
      at: columnIndex(declaration, value),
      states: new StatesAtInstant(),
    }));
  }

  /**
   * @param values of a row, in the order of the declaration; rows come in order
   * @throws TenureError `TEN-IMPORT-008`
   */
  take(values: readonly number[], rowNumber: number, place: (column: string) => Place): void {
    for (const { name, of, at, states } of this.#sayings) {
      const value = values[at];
      const subject = of.map((index) => values[index]).join("/");
      const earlier = states.see(subject, values[0], { row: rowNumber, block: values[this.#block], value });
      if (earlier === undefined) continue;
      throw new TenureError({
        code: "TEN-IMPORT-008",
        what: "Two rows of one instant contradict each other.",
        place: place(name),
        found: value,
        allowed: `one ${name} at an instant; row ${earlier.row} says ${earlier.value}`,
        hint: "Keep the row that holds, or give them times, or blocks, that tell which is later.",
      });
    }
  }
}
