import { allocateColumn, type ColumnArray, type ColumnBatch, type TableDeclaration } from "./column.js";
import { outside } from "./column-range.js";

/** Rows of a result table on their way out: filled by the engine, handed over as a batch when full, then filled again. */
export class TableAppender {
  readonly columns: ColumnArray[];
  rows = 0;
  /** Rows handed over so far. */
  written = 0;
  private capacity: number;

  constructor(
    readonly declaration: TableDeclaration,
    /** A batch is due from this many rows on. */
    readonly batchRows: number,
  ) {
    this.capacity = 256;
    this.columns = declaration.columns.map((column) => allocateColumn(column.type, this.capacity));
  }

  get due(): boolean {
    return this.rows >= this.batchRows;
  }

  /** Makes room for more rows; arrays taken from `columns` before are stale after. */
  reserve(rows: number): void {
    const needed = this.rows + rows;
    if (needed <= this.capacity) return;
    while (this.capacity < needed) this.capacity *= 2;
    this.declaration.columns.forEach((column, i) => {
      const wider = allocateColumn(column.type, this.capacity);
      const old = this.columns[i];
      if (Array.isArray(wider)) for (let row = 0; row < this.rows; row++) wider[row] = (old as string[])[row];
      else (wider as Float64Array).set(old as Float64Array);
      this.columns[i] = wider;
    });
  }

  /**
   * Adds one row; values in the order of the declaration. For tables with few rows.
   * @throws InvariantError for a value that its column cannot hold as it is (NaN, or an integer that is too large for it)
   */
  push(...values: readonly (number | string)[]): void {
    this.reserve(1);
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i] as (number | string)[];
      column[this.rows] = values[i];
      if (column[this.rows] !== values[i])
        throw outside(this.declaration, this.declaration.columns[i], this.written + this.rows, values[i]);
    }
    this.rows += 1;
  }

  /** The first rows (all of them) as a batch; the arrays are filled again after the next `release`. */
  batch(rows = this.rows): ColumnBatch {
    return { declaration: this.declaration, rows, columns: this.columns };
  }

  /** Lets go of the first rows (all of them), which were handed over. */
  release(rows = this.rows): void {
    this.written += rows;
    this.remove(0, rows);
  }

  /** Takes rows out; what follows moves up. */
  remove(first: number, rows: number): void {
    if (first + rows < this.rows) for (const column of this.columns) column.copyWithin(first, first + rows, this.rows);
    this.rows -= rows;
  }
}
