/** Type of a column of a Parquet file as SQL calls it. A `DOUBLE` that is NaN is written, and read back, as nothing (NULL). */
export type ParquetType = "INTEGER" | "DOUBLE" | "VARCHAR";

export interface ParquetColumn {
  /** Any text; no two are the same but for their case. */
  readonly name: string;
  readonly type: ParquetType;
}

/** Rows of a Parquet file, column by column: whole numbers of 32 bits, doubles, texts. */
export interface ParquetRows {
  readonly count: number;
  /** In the order of the columns, each at least `count` long. */
  readonly columns: readonly (Int32Array | Float64Array | readonly string[])[];
}
