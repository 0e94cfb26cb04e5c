import { columnIndex, instantText, type Place, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { ContradictingRows } from "./contradicting-rows.js";
import { differenceOf } from "./differing-columns.js";
import { SeatCheck } from "./seat-check.js";
import { StatesAtInstant } from "./states-at-instant.js";

interface KnownRow {
  readonly number: number;
  readonly values: readonly number[];
}

/**
 * Finds rows that a chain cannot have twice, in rows that come in order: one event (block, extrinsic, event), one payment, a
 * position or seat twice at one block, one end of an epoch. Pages of a download that overlap give them. So does it find two states of one position
 * that contradict each other, seats that do, and what is said of one hotkey otherwise. Rows without block or event that are equal in every column are only counted: two equal payments
 * within a second are possible.
 */
export class RepeatedRows {
  /** Place of each column in a row. */
  readonly #at: Readonly<Record<string, number>>;
  readonly #block: number;
  readonly #event: number;
  readonly #hasPositions: boolean;
  /** Of a stream of states the place of what a position holds; -1 of a stream of events. */
  readonly #held: number;
  readonly #states = new StatesAtInstant();
  readonly #seats: SeatCheck | null;
  readonly #contradicting: ContradictingRows;
  /** Rows of the current block by identity. */
  readonly #inBlock = new Map<string, KnownRow>();
  /** Epoch marks of the current instant: the row of each, by subnet and block. */
  readonly #marks = new Map<string, number>();
  /** Rows of the current instant without an identity, as text. */
  readonly #unidentified = new Set<string>();
  #lastMs = -1;
  #lastBlock = -1;
  #lastBlockRow = 0;
  /** The rows are not in order, which is refused where they are written. */
  #disordered = false;
  /** Rows equal to an earlier one in every column. */
  equal = 0;

  /** @param nameOf the address of an id */
  constructor(
    readonly kind: StreamKind,
    readonly nameOf: (id: number) => string,
  ) {
    this.#at = Object.fromEntries(STREAMS[kind].columns.map((column, index) => [column.name, index]));
    this.#hasPositions = columnIndex(STREAMS[kind], "hotkey") !== -1;
    this.#seats = SeatCheck.of(kind, nameOf);
    this.#contradicting = new ContradictingRows(kind);
    this.#block = columnIndex(STREAMS[kind], "block");
    this.#event = columnIndex(STREAMS[kind], "event");
    this.#held = STREAMS[kind].rows === "state" ? STREAMS[kind].columns.findIndex((column) => column.type === "rao") : -1;
  }

  /**
   * @param values of a row, in the order of the declaration
   * @throws TenureError `TEN-IMPORT-008` it was there before, `-018` its block is earlier than that of an earlier time
   */
  take(values: readonly number[], rowNumber: number, place: (column: string) => Place): void {
    const block = this.#block === -1 ? -1 : values[this.#block];
    this.#disordered ||= values[0] < this.#lastMs || (values[0] === this.#lastMs && block >= 0 && block < this.#lastBlock);
    if (values[0] !== this.#lastMs) {
      this.#unidentified.clear();
      this.#marks.clear();
    }
    this.#lastMs = values[0];
    if (this.#disordered) return;
    if (block >= 0) this.#checkBlock(block, rowNumber, place);
    if (this.kind === "epoch_marks") this.#checkMark(values, rowNumber, place);
    if (!this.#hasPositions) return;
    // Two that contradict each other are told as that, and not as one that is there twice.
    if (this.#held !== -1) this.#checkState(values, block, rowNumber, place);
    this.#seats?.take(values, rowNumber, place);
    this.#contradicting.take(values, rowNumber, place);
    this.#checkRepeated(values, block, rowNumber, place);
  }

  #checkRepeated(values: readonly number[], block: number, rowNumber: number, place: (column: string) => Place): void {
    const identity = block < 0 ? undefined : this.#identity(values);
    if (identity === undefined) {
      const all = values.join(",");
      if (this.#unidentified.has(all)) this.equal++;
      this.#unidentified.add(all);
      return;
    }
    const before = this.#inBlock.get(identity);
    if (before !== undefined) throw this.#repeated(values, block, before, place);
    this.#inBlock.set(identity, { number: rowNumber, values: [...values] });
  }

  /** Without a block, too: an epoch of a subnet does not end twice in an instant. */
  #checkMark(values: readonly number[], rowNumber: number, place: (column: string) => Place): void {
    const block = values[this.#block];
    const mark = `${values[this.#at.netuid]}/${block}`;
    const before = this.#marks.get(mark);
    this.#marks.set(mark, rowNumber);
    if (before === undefined) return;
    throw new TenureError({
      code: "TEN-IMPORT-008",
      what: "An epoch mark is there twice.",
      place: place(block < 0 ? "time_ms" : "block"),
      found: `netuid ${values[this.#at.netuid]}, ${block < 0 ? instantText(values[0]) : `block ${block}`}`,
      allowed: `each once; row ${before} is the same`,
      hint: "Pages that overlap were joined; keep each row once.",
    });
  }

  #checkState(values: readonly number[], block: number, row: number, place: (column: string) => Place): void {
    const contradicted = this.#states.see(this.#position(values), values[0], { row, block, value: values[this.#held] });
    if (contradicted === undefined) return;
    const isBlock = block >= 0 && contradicted.block >= 0;
    const at = isBlock ? "block" : "time";
    throw new TenureError({
      code: "TEN-IMPORT-008",
      what: `A position has two ${this.kind === "metagraph" ? "stakes" : "balances"} at one ${at}.`,
      place: place(isBlock ? "block" : "time_ms"),
      found: isBlock ? `block ${block}` : instantText(values[0]),
      allowed: `one at a ${at}; row ${contradicted.row} says otherwise`,
      hint: isBlock ? "Keep the one that holds." : "Keep the one that holds, or give the blocks that tell them apart.",
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
    if (block !== this.#lastBlock) this.#inBlock.clear();
    this.#lastBlock = block;
    this.#lastBlockRow = rowNumber;
  }

  #position(values: readonly number[]): string {
    const { netuid, hotkey, coldkey } = this.#at;
    return `${values[netuid]}/${values[hotkey]}/${values[coldkey]}`;
  }

  /** What makes a row of a block one of its kind; undefined where nothing says that an equal one may not be. */
  #identity(values: readonly number[]): string | undefined {
    const at = this.#at;
    if (this.kind === "emission") return values.join(",");
    const position = this.#position(values);
    if (this.#event !== -1) return values[this.#event] < 0 ? undefined : `${values[at.extrinsic]}/${values[this.#event]}/${position}`;
    if (this.#held === -1) return undefined;
    return at.uid === undefined ? position : `${values[at.uid]}/${position}`;
  }

  #repeated(values: readonly number[], block: number, before: KnownRow, placeOf: (column: string) => Place): TenureError {
    const found = `block ${block}`;
    const place = placeOf("block");
    const rest = { allowed: `each once; row ${before.number} is the same`, hint: "Pages that overlap were joined; keep each row once." };
    switch (this.kind) {
      case "emission":
        return new TenureError({ code: "TEN-IMPORT-008", what: "A payment is there twice.", place, found, ...rest });
      case "balances":
        return new TenureError({ code: "TEN-IMPORT-008", what: "A position has two balances at one block.", place, found, ...rest });
      case "metagraph": {
        const seat = `${found}, uid ${values[this.#at.uid]}`;
        return new TenureError({ code: "TEN-IMPORT-008", what: "A seat is there twice at one block.", place, found: seat, ...rest });
      }
      default: {
        const extrinsic = values[this.#at.extrinsic];
        const event = `${found}, ${extrinsic < 0 ? "" : `extrinsic ${extrinsic}, `}event ${values[this.#event]}`;
        const difference = differenceOf(this.kind, values, before.values, this.nameOf);
        if (difference === undefined) {
          return new TenureError({ code: "TEN-IMPORT-008", what: "An event is there twice.", place, found: event, ...rest });
        }
        return new TenureError({
          code: "TEN-IMPORT-008",
          what: "Two rows of one event contradict each other.",
          place: placeOf(difference.column),
          found: `${event}: ${difference.found}`,
          allowed: `one; row ${before.number} says ${difference.earlier}`,
          hint: "Keep the row that holds; two events of one block have two event numbers.",
        });
      }
    }
  }
}
