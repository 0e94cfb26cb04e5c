import { camelCase } from "../kernel/names.js";
import type { ColumnArray, ColumnDeclaration, TableDeclaration } from "./column.js";
import { outside } from "./column-range.js";
import { PendingRows } from "./pending-rows.js";
import { type Columns, columnsByName, type Row } from "./typed-rows.js";

/** How a value of a row is held: a word by its code. */
interface Field {
  readonly key: string;
  readonly column: ColumnDeclaration;
  readonly codes: ReadonlyMap<unknown, number> | null;
}

/** Rows of a table on their way out: filled by the engine, handed over as a batch when full, then filled again. */
export class TableAppender<T extends TableDeclaration = TableDeclaration> extends PendingRows {
  private readonly fields: readonly Field[];
  private named: Columns<T>;

  constructor(
    private readonly table: T,
    batchRows: number,
  ) {
    super(table, batchRows);
    this.fields = table.columns.map((column) => ({ key: camelCase(column.name), column, codes: codesOf(column) }));
    this.named = columnsByName(table, this.columns);
  }

  /**
   * Makes room for rows that are filled column by column: the arrays, to be written from index `rows` on. They are stale
   * after the next call. `filled` takes the rows in.
   */
  room(rows: number): Columns<T> {
    this.reserve(rows);
    return this.named;
  }

  /** So many rows were written into what `room` gave. */
  filled(rows: number): void {
    this.rows += rows;
  }

  /**
   * Adds one row. For tables with few rows.
   * @throws InvariantError for a value that its column cannot hold as it is (NaN, an integer that is too large for it, an
   *   unknown word)
   */
  write(row: Row<T>): void {
    this.reserve(1);
    const values = row as Readonly<Record<string, number | string | boolean>>;
    const { rows, columns, fields } = this;
    for (let i = 0; i < fields.length; i++) {
      const { key, codes } = fields[i];
      const value = values[key];
      const stored = (codes === null ? value : codes.get(value)) as number | string;
      const column = columns[i] as (number | string)[];
      column[rows] = stored;
      if (stored === undefined || column[rows] !== stored) throw outside(this.declaration, fields[i].column, this.written + rows, value);
    }
    this.rows += 1;
  }

  /** Adds a row of other columns of the same declaration. */
  copy(columns: readonly ColumnArray[], row: number): void {
    this.reserve(1);
    for (let i = 0; i < columns.length; i++) this.columns[i][this.rows] = columns[i][row];
    this.rows += 1;
  }

  protected override reserve(rows: number): boolean {
    const grown = super.reserve(rows);
    if (grown) this.named = columnsByName(this.table, this.columns);
    return grown;
  }
}

function codesOf({ type, values }: ColumnDeclaration): ReadonlyMap<unknown, number> | null {
  if (type === "flag")
    return new Map([
      [false, 0],
      [true, 1],
    ]);
  return type === "choice" ? new Map((values ?? []).map((word, code) => [word, code])) : null;
}
