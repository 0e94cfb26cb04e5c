/** Type of a column as SQL calls it. */
export type PlainType = "INTEGER" | "DOUBLE" | "BOOLEAN" | "VARCHAR";

export type PlainValue = number | boolean | string | null;

/** A table of values in memory, whose columns may be called anything. */
export interface PlainTable {
  readonly name: string;
  readonly meaning: string;
  /** No two names are the same but for their case: DuckDB takes those for one. */
  readonly columns: readonly { readonly name: string; readonly type: PlainType; readonly meaning: string }[];
  /** A value a column, of its type, or null. */
  readonly rows: readonly (readonly PlainValue[])[];
}

export interface PlainProgress {
  readonly table: string;
  /** Rows written so far, over all tables. */
  readonly rows: number;
}

export interface PlainOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PlainProgress) => void) | undefined;
}
