import { type ColumnArray, type ColumnBatch, InvariantError, type ResultTableName } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";

/** Stands on one row of a result table after the other, for reading several tables in step. */
export class TableCursor {
  readonly #batches: AsyncIterator<ColumnBatch>;
  #columns = new Map<string, ColumnArray>();
  #row = 0;
  #rows = 0;

  constructor(
    run: OpenRun,
    readonly table: ResultTableName,
  ) {
    this.#batches = run.readTable(table)[Symbol.asyncIterator]();
  }

  /** Does it stand on a row? If not, `refill` looks for more. */
  get stands(): boolean {
    return this.#row < this.#rows;
  }

  /** Takes the next batch where the last is used up. @returns false at the end of the table */
  async refill(): Promise<boolean> {
    while (!this.stands) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      const { declaration, columns, rows } = next.value;
      this.#columns = new Map(declaration.columns.map(({ name }, index) => [name, columns[index]]));
      this.#row = 0;
      this.#rows = rows;
    }
    return true;
  }

  advance(): void {
    this.#row += 1;
  }

  /** Closes the file, where the table was not read to its end. */
  async close(): Promise<void> {
    await this.#batches.return?.();
  }

  /** A number, time, amount or code of the row. */
  number(column: string): number {
    return this.#column(column)[this.#row] as number;
  }

  /** A text, or a sum as text, of the row. */
  text(column: string): string {
    return this.#column(column)[this.#row] as string;
  }

  #column(name: string): ColumnArray {
    const column = this.#columns.get(name);
    if (column === undefined) throw new InvariantError(`the table ${this.table} has no column ${name}`);
    return column;
  }
}
