/**
 * Logical column types and how each is held in memory and written.
 *
 * | type    | in memory    | Arrow                     | DuckDB       |
 * |---------|--------------|---------------------------|--------------|
 * | time    | Float64Array | Timestamp(ms)             | TIMESTAMP_MS |
 * | rao     | Float64Array | Int64                     | BIGINT       |
 * | real    | Float64Array | Float64                   | DOUBLE       |
 * | int     | Int32Array   | Int32                     | INTEGER      |
 * | address | Int32Array   | Dictionary<Utf8, Int32>   | VARCHAR      |
 * | name    | Int32Array   | Dictionary<Utf8, Int32>   | VARCHAR      |
 * | choice  | Uint8Array   | Dictionary<Utf8, Uint8>   | ENUM         |
 * | flag    | Uint8Array   | Bool                      | BOOLEAN      |
 * | text    | string[]     | Utf8                      | VARCHAR      |
 * | rao_sum | string[]     | Utf8                      | HUGEINT      |
 *
 * A `rao_sum` is a whole amount that may pass 2^53, as a decimal (`-?[0-9]+`), below 2^127 in size.
 * An `int` of -1 in a provenance column (block, extrinsic, event, uid) means "none". An `address` or `name` of -1 means none.
 */
export type ColumnType = "time" | "rao" | "real" | "int" | "address" | "name" | "choice" | "flag" | "text" | "rao_sum";

export interface ColumnDeclaration {
  /** snake_case, with its unit where it has one: `amount_rao`, `held_days`. */
  readonly name: string;
  readonly type: ColumnType;
  /** Unit in words: `rao`, `ms since 1970 UTC`, `0..1`, `alpha`; empty for ids and names. */
  readonly unit: string;
  readonly meaning: string;
  /** The names behind a `choice` column's codes, in code order. */
  readonly values?: readonly string[];
  /** May a recorded file leave this column out? Then `missing` fills it. Streams only. */
  readonly optional?: boolean;
  /** The value of an absent optional column (a code for `choice`). */
  readonly missing?: number;
  /** A number has to be above this. */
  readonly above?: number;
  /** The least and the largest value there can be, where they are not those of the type (`rangeOf`). */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A table: its name, meaning and columns. */
export interface TableDeclaration {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ColumnDeclaration[];
}

/** A column whose name, type and values the compiler knows. */
export function declareColumn<const C extends ColumnDeclaration>(column: C): C {
  return column;
}

/** A table whose columns the compiler knows, so that rows are written and read by name (`typed-rows.ts`). */
export function declareTable<const T extends TableDeclaration>(table: T): T {
  return table;
}

export type ColumnArray = Float64Array | Int32Array | Uint8Array | string[];

/** Some rows of a table: one array a column, in the order of the declaration, each at least `rows` long. */
export interface ColumnBatch {
  readonly declaration: TableDeclaration;
  readonly rows: number;
  readonly columns: readonly ColumnArray[];
}

/** A new array that can hold `rows` values of a column. */
export function allocateColumn(type: ColumnType, rows: number): ColumnArray {
  switch (type) {
    case "time":
    case "rao":
    case "real":
      return new Float64Array(rows);
    case "int":
    case "address":
    case "name":
      return new Int32Array(rows);
    case "choice":
    case "flag":
      return new Uint8Array(rows);
    case "text":
    case "rao_sum":
      return new Array<string>(rows);
  }
}

export function columnIndex(declaration: TableDeclaration, name: string): number {
  return declaration.columns.findIndex((column) => column.name === name);
}
