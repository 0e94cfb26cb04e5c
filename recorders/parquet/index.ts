import type { OpenParquet } from "./read-parquet.js";

export type { ParquetColumn, ParquetRows, ParquetType } from "./parquet-table.js";
export type { OpenParquet } from "./read-parquet.js";

// The library is loaded only here: who has no such file does without it.

/** As `writeParquet` of its own file. */
export async function writeParquet(...args: Parameters<typeof import("./write-parquet.js").writeParquet>): Promise<void> {
  return (await import("./write-parquet.js")).writeParquet(...args);
}

/** As `withParquet` of its own file. */
export async function withParquet<T>(path: string, read: (file: OpenParquet) => Promise<T>): Promise<T> {
  return (await import("./read-parquet.js")).withParquet(path, read);
}
