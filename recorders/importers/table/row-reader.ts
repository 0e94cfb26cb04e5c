import { type Place, STAKE_ACTIONS, type StakeAction, TenureError, TIME_LIMIT_MS } from "../../../engine/index.js";
import type { AddressIntake } from "../../addresses/index.js";
import { type AmountUnit, takeSignedAmount } from "../amounts.js";
import { choiceOf, isEmpty, takeCell, textOf } from "./cell-values.js";
import type { MappedColumn } from "./column-mapping.js";
import type { BlockTimes, ValueMap } from "./table-arguments.js";
import { type Cell, type FieldRequest, Nested, type TableChunk } from "./table-source.js";
import { UnknownChoices } from "./unknown-choices.js";

export interface RowReaderOptions {
  readonly unit: AmountUnit;
  readonly values: ValueMap;
  readonly blockTimes: BlockTimes | undefined;
  /** What a negative amount is; undefined: it is refused. */
  readonly negative: StakeAction | undefined;
}

/** Turns the cells of a row into the values of a stream row: ids for addresses, codes for choices. */
export class RowReader {
  readonly requests: readonly FieldRequest[];
  /** Once there are any, nothing but choices is read any more, and the rows mean nothing. */
  readonly unknown = new UnknownChoices();
  /** For each column the text to replace; undefined where none is. */
  readonly #replaced: readonly (ReadonlyMap<string, string> | undefined)[];
  readonly #fixed: readonly number[];
  readonly #block: number;
  readonly #action: number;
  readonly #signed: number;
  /** The cell that is read, for refusals: made into a place only when one is needed. */
  #rowNumber = 0;
  #field = "";
  readonly #place = (): Place => ({ file: this.file, path: `row ${this.#rowNumber}, ${this.#field}` });

  /** @throws TenureError what `takeCell` names, of a constant */
  constructor(
    readonly file: string,
    readonly columns: readonly MappedColumn[],
    readonly options: RowReaderOptions,
    readonly intake: AddressIntake,
  ) {
    const index = (name: string) => columns.findIndex(({ column }) => column.name === name);
    this.requests = columns.flatMap(({ column, field }) => (field === undefined ? [] : [{ field, isTime: column.type === "time" }]));
    this.#replaced = columns.map(({ column }) => {
      const values = Object.hasOwn(options.values, column.name) ? options.values[column.name] : undefined;
      return values === undefined ? undefined : new Map(Object.entries(values));
    });
    this.#fixed = columns.map(({ column, constant }) => {
      if (constant === undefined) return column.missing ?? 0;
      return takeCell(column, constant, intake, options.unit, () => ({ path: `the constant ${column.name}` }));
    });
    this.#block = index("block");
    this.#action = index("action");
    this.#signed = options.negative === undefined ? -1 : index("amount_rao");
  }

  /** Whether the amounts of a column are in the file, and so tell their unit. */
  isRead(index: number): boolean {
    return this.columns[index].field !== undefined;
  }

  /**
   * The row's values, in the order of the declaration, into `values`.
   * @param rowNumber from 1, shown in refusals
   * @throws TenureError what `takeCell` names; a text that names no choice is noted in `unknown` instead
   */
  read(chunk: TableChunk, row: number, rowNumber: number, values: number[]): void {
    let cell = 0;
    let isNegative = false;
    this.#rowNumber = rowNumber;
    for (let index = 0; index < this.columns.length; index++) {
      values[index] = this.#fixed[index];
      const { column, field } = this.columns[index];
      if (field === undefined) continue;
      this.#field = field;
      const given = this.#meant(index, chunk.cells[cell++][row]);
      const isValue = !isEmpty(given) && !(given instanceof Nested);
      if (column.type === "choice" && isValue) {
        const code = choiceOf(column, given);
        if (code === -1) this.unknown.see(column, textOf(given).trim(), this.#place);
        else values[index] = code;
      } else if (this.unknown.any) {
        // The table is refused at its end, with all that it names and nothing knows.
      } else if (index === this.#signed && isValue) {
        const amount = takeSignedAmount(textOf(given), this.options.unit, this.#place);
        values[index] = amount.rao;
        isNegative = amount.negative;
      } else {
        values[index] = takeCell(column, given, this.intake, this.options.unit, this.#place);
      }
    }
    if (this.unknown.any) return;
    if (isNegative) values[this.#action] = STAKE_ACTIONS.indexOf(this.options.negative as StakeAction);
    if (this.options.blockTimes !== undefined) values[0] = this.#timeOf(values[this.#block], this.options.blockTimes, rowNumber);
  }

  #meant(index: number, cell: Cell): Cell {
    const replaced = this.#replaced[index];
    if (replaced === undefined || cell instanceof Nested) return cell;
    return replaced.get(cell === null ? "" : textOf(cell).trim()) ?? cell;
  }

  #timeOf(block: number, { blockMs, zeroMs }: BlockTimes, rowNumber: number): number {
    const timeMs = zeroMs + block * blockMs;
    if (block >= 0 && timeMs < TIME_LIMIT_MS) return timeMs;
    throw new TenureError({
      code: "TEN-IMPORT-007",
      what: "A time cannot be counted from the block.",
      place: { file: this.file, path: `row ${rowNumber}, ${this.columns[this.#block].field ?? "block"}` },
      found: block < 0 ? null : block,
      allowed: `a block number in every row, times up to ${new Date(TIME_LIMIT_MS - 1).toISOString()}`,
    });
  }
}
