import { type ColumnBatch, columnIndex, type ResultTableName } from "../../engine/index.js";
import type { BatchOrder } from "../../recorders/index.js";

/** A column of numbers of a batch: amounts, times, ids, choice codes or flags. Only the first `batch.rows` values count. */
export function numberColumn(batch: ColumnBatch, name: string): Float64Array | Int32Array | Uint8Array {
  const values = batch.columns[columnIndex(batch.declaration, name)];
  if (Array.isArray(values)) throw new Error(`column ${name} of ${batch.declaration.name} holds text`);
  return values;
}

/** A column of texts of a batch. */
export function textColumn(batch: ColumnBatch, name: string): readonly string[] {
  const values = batch.columns[columnIndex(batch.declaration, name)];
  if (!Array.isArray(values)) throw new Error(`column ${name} of ${batch.declaration.name} holds no text`);
  return values;
}

/** The names behind the codes of a choice column. */
export function choiceNames(batch: ColumnBatch, name: string): readonly string[] {
  return batch.declaration.columns[columnIndex(batch.declaration, name)].values ?? [];
}

/** A run as far as reports read it. */
export interface TableSource {
  readonly tables: readonly ResultTableName[];
  /** Batches in the order of their rows, or the last batch first; of an epoch also those that hold none of its rows, where they cannot be told. */
  readTable(table: ResultTableName, order?: BatchOrder): AsyncIterable<ColumnBatch>;
}
