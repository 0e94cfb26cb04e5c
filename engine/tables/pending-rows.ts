import { allocateColumn, type ColumnArray, type ColumnBatch, type TableDeclaration } from "./column.js";

/** Rows of a table on their way out, whatever table it is. */
export class PendingRows {
  rows = 0;
  /** Rows handed over so far. */
  written = 0;
  protected readonly columns: ColumnArray[];
  private capacity = 256;

  constructor(
    readonly declaration: TableDeclaration,
    /** A batch is due from this many rows on. */
    readonly batchRows: number,
  ) {
    this.columns = declaration.columns.map((column) => allocateColumn(column.type, this.capacity));
  }

  get due(): boolean {
    return this.rows >= this.batchRows;
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

  /** Makes room for more rows. @returns whether the arrays are others now */
  protected reserve(rows: number): boolean {
    const needed = this.rows + rows;
    if (needed <= this.capacity) return false;
    while (this.capacity < needed) this.capacity *= 2;
    this.declaration.columns.forEach((column, i) => {
      const wider = allocateColumn(column.type, this.capacity);
      const old = this.columns[i];
      if (Array.isArray(wider)) for (let row = 0; row < this.rows; row++) wider[row] = (old as string[])[row];
      else (wider as Float64Array).set(old as Float64Array);
      this.columns[i] = wider;
    });
    return true;
  }
}
