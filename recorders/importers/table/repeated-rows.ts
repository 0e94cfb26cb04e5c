import { columnIndex, instantText, type Place, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";

/**
 * Finds rows that a chain cannot have twice, in rows that come in order: one event (block, extrinsic, event), one payment, two
 * states of one position or seat at one block. Pages of a download that overlap give them. Rows without block or event that are
 * equal in every column are only counted: two equal payments within a second are possible.
 */
export class RepeatedRows {
  /** Place of each column in a row. */
  readonly #at: Readonly<Record<string, number>>;
  readonly #block: number;
  readonly #event: number;
  readonly #hasPositions: boolean;
  /** Rows of the current block (or instant, where blocks are not known), by identity. */
  readonly #seen = new Map<string, { readonly row: number; readonly all: string }>();
  #group = -1;
  #lastMs = -1;
  #lastBlock = -1;
  #lastBlockRow = 0;
  /** The rows are not in order, which is refused where they are written. */
  #disordered = false;
  /** Rows equal to an earlier one in every column. */
  equal = 0;

  constructor(readonly kind: StreamKind) {
    this.#at = Object.fromEntries(STREAMS[kind].columns.map((column, index) => [column.name, index]));
    this.#hasPositions = columnIndex(STREAMS[kind], "hotkey") !== -1;
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
    if (!this.#hasPositions) return;
    const group = block >= 0 ? block : -2 - values[0];
    if (group !== this.#group) this.#seen.clear();
    this.#group = group;
    const identity = this.#identity(values, block);
    const all = values.join(",");
    const before = this.#seen.get(identity ?? all);
    if (before === undefined) this.#seen.set(identity ?? all, { row: rowNumber, all });
    // Without blocks two rows of one time may be one that is there twice; two states of one position at one time are a contradiction.
    else if (identity === undefined || (block < 0 && before.all === all)) this.equal++;
    else throw this.#repeated(values, block, before.row, place(block < 0 ? "time_ms" : "block"));
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

  /** What makes a row one of its kind; undefined where nothing says that an equal one may not be. */
  #identity(values: readonly number[], block: number): string | undefined {
    const at = this.#at;
    const isState = this.kind === "balances" || this.kind === "metagraph";
    if (block < 0 && !isState) return undefined;
    if (this.kind === "emission") return values.join(",");
    const position = `${values[at.netuid]}/${values[at.hotkey]}/${values[at.coldkey]}`;
    if (this.#event !== -1) return values[this.#event] < 0 ? undefined : `${values[at.extrinsic]}/${values[this.#event]}/${position}`;
    if (this.kind === "balances") return position;
    return this.kind === "metagraph" ? `${values[at.uid]}/${position}` : undefined;
  }

  #repeated(values: readonly number[], block: number, before: number, place: Place): TenureError {
    const atTime = block < 0;
    const rest = {
      place,
      allowed: atTime ? `one at a time; row ${before} says otherwise` : `each once; row ${before} is the same`,
      hint: atTime
        ? "Keep the one that holds, or give the blocks that tell them apart."
        : "Pages that overlap were joined; keep each row once.",
    };
    const found = atTime ? instantText(values[0]) : `block ${block}`;
    switch (this.kind) {
      case "emission":
        return new TenureError({ code: "TEN-IMPORT-008", what: "A payment is there twice.", found, ...rest });
      case "balances":
        return new TenureError({
          code: "TEN-IMPORT-008",
          what: `A position has two balances at one ${atTime ? "time" : "block"}.`,
          found,
          ...rest,
        });
      case "metagraph": {
        const seat = `${found}, uid ${values[this.#at.uid]}`;
        return new TenureError({
          code: "TEN-IMPORT-008",
          what: `A seat is there twice at one ${atTime ? "time" : "block"}.`,
          found: seat,
          ...rest,
        });
      }
      default: {
        const extrinsic = values[this.#at.extrinsic];
        const event = `${found}, ${extrinsic < 0 ? "" : `extrinsic ${extrinsic}, `}event ${values[this.#event]}`;
        return new TenureError({ code: "TEN-IMPORT-008", what: "An event is there twice.", found: event, ...rest });
      }
    }
  }
}
