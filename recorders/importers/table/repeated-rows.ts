import { columnIndex, type Place, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";

/** A row by what makes it one of its kind, and what is wrong when it comes twice; undefined: nothing says that it may not. */
interface Identity {
  readonly code: string;
  readonly key: string;
  readonly what: string;
  readonly found: string;
}

/**
 * Finds rows that a chain cannot have twice, in rows that come in order: one event (block, extrinsic, event), one payment, two
 * states of one position or seat at one block. Pages of a download that overlap give them. Rows without block or event that are
 * equal in every column are only counted: two equal payments within a second are possible.
 */
export class RepeatedRows {
  readonly #names: readonly string[];
  readonly #block: number;
  readonly #event: number;
  /** Rows of the current block (or instant, where blocks are not known), by identity. */
  readonly #seen = new Map<string, number>();
  #group = -1;
  #lastMs = -1;
  #lastBlock = -1;
  #lastBlockRow = 0;
  /** The rows are not in order, which is refused where they are written. */
  #disordered = false;
  /** Rows equal to an earlier one in every column. */
  equal = 0;

  constructor(readonly kind: StreamKind) {
    this.#names = STREAMS[kind].columns.map((column) => column.name);
    this.#block = columnIndex(STREAMS[kind], "block");
    this.#event = columnIndex(STREAMS[kind], "event");
  }

  /**
   * @param values of a row, in the order of the declaration
   * @throws TenureError `TEN-IMPORT-008` it was there before, `-018` its block is earlier than that of an earlier time
   */
  take(values: readonly number[], rowNumber: number, place: (column: string) => Place): void {
    const block = this.#block === -1 ? -1 : values[this.#block];
    this.#disordered ||= values[0] < this.#lastMs || (values[0] === this.#lastMs && block >= 0 && block < this.#lastBlock);
    this.#lastMs = values[0];
    if (this.#disordered) return;
    if (block >= 0) this.#checkBlock(block, rowNumber, place);
    if (!this.#names.includes("hotkey")) return;
    const group = block >= 0 ? block : -2 - values[0];
    if (group !== this.#group) this.#seen.clear();
    this.#group = group;
    const identity = this.#identity(values, block);
    const key = identity?.key ?? values.join(",");
    const before = this.#seen.get(key);
    if (before === undefined) {
      this.#seen.set(key, rowNumber);
      return;
    }
    if (identity === undefined) {
      this.equal++;
      return;
    }
    throw new TenureError({
      code: identity.code,
      what: identity.what,
      place: place("block"),
      found: identity.found,
      allowed: `each once; row ${before} is the same`,
      hint: "Pages that overlap were joined; keep each row once.",
    });
  }

  #checkBlock(block: number, rowNumber: number, place: (column: string) => Place): void {
    if (block < this.#lastBlock) {
      throw new TenureError({
        code: "TEN-IMPORT-018",
        what: "Blocks and times contradict each other: a later time has an earlier block.",
        place: place("block"),
        found: `block ${block}`,
        allowed: `block ${this.#lastBlock} or later, as in row ${this.#lastBlockRow}`,
        hint: "Check which field holds the blocks and which the times.",
      });
    }
    this.#lastBlock = block;
    this.#lastBlockRow = rowNumber;
  }

  #identity(values: readonly number[], block: number): Identity | undefined {
    if (block < 0) return undefined;
    const of = (name: string) => values[this.#names.indexOf(name)];
    const at = `block ${block}`;
    if (this.#event !== -1) {
      if (of("event") < 0) return undefined;
      const key = `${of("extrinsic")}/${of("event")}/${of("netuid")}/${of("hotkey")}/${of("coldkey")}`;
      const extrinsic = of("extrinsic") < 0 ? "" : `extrinsic ${of("extrinsic")}, `;
      return { code: "TEN-IMPORT-008", key, what: "An event is there twice.", found: `${at}, ${extrinsic}event ${of("event")}` };
    }
    switch (this.kind) {
      case "emission":
        return { code: "TEN-IMPORT-008", key: values.join(","), what: "A payment is there twice.", found: at };
      case "balances":
        return {
          code: "TEN-IMPORT-008",
          key: `${of("netuid")}/${of("hotkey")}/${of("coldkey")}`,
          what: "A position has two balances at one block.",
          found: at,
        };
      case "metagraph":
        return {
          code: "TEN-IMPORT-008",
          key: `${of("netuid")}/${of("uid")}/${of("hotkey")}/${of("coldkey")}`,
          what: "A seat is there twice at one block.",
          found: `${at}, uid ${of("uid")}`,
        };
      default:
        return undefined;
    }
  }
}
