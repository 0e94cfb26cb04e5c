import { type FileHandle, open } from "node:fs/promises";
import { type AsyncRecordBatchFileReader, type RecordBatch, RecordBatchReader } from "apache-arrow";
import { type ColumnBatch, type TableDeclaration, TenureError } from "../../engine/index.js";
import { checkArrowFrame } from "../arrow/arrow-frame.js";
import { decodeColumn } from "../arrow/column-decoders.js";
import { withReadErrors } from "./storage-error.js";

function damaged(path: string, found: unknown): TenureError {
  return new TenureError({
    code: "TEN-RESULT-006",
    what: "The result table is damaged.",
    place: { file: path },
    found,
    allowed: "an Arrow file as the run wrote it",
    hint: "Run the scenario again.",
  });
}

function checkColumns(path: string, declaration: TableDeclaration, names: readonly string[]): void {
  const expected = declaration.columns.map((column) => column.name);
  if (expected.length === names.length && expected.every((name, index) => name === names[index])) return;
  throw damaged(path, `columns ${names.join(", ")}`);
}

/**
 * Which batches of a table, and in which order: all, or the last one first; or those alone that hold rows of an epoch, of a table whose
 * column `epoch` never falls from row to row, as that of a run with one subnet.
 */
export type BatchOrder = "oldest_first" | "newest_first" | { readonly epoch: number };

/** The record batches of a table file, one in memory at a time. */
export async function* readRecordBatches(
  path: string,
  declaration: TableDeclaration,
  order: BatchOrder = "oldest_first",
): AsyncGenerator<RecordBatch> {
  const file: FileHandle = await withReadErrors(path, () => open(path, "r"));
  try {
    await checkArrowFrame(file);
    // By file handle the reader fetches batch by batch; a byte stream would be loaded whole.
    const reader = await RecordBatchReader.from(file);
    await reader.open({ autoDestroy: false });
    checkColumns(
      path,
      declaration,
      reader.schema.fields.map((field) => String(field.name)),
    );
    if (order === "oldest_first") {
      for await (const batch of reader) yield batch as RecordBatch;
    } else if (typeof order === "object") {
      yield* batchesOfEpoch(reader as unknown as AsyncRecordBatchFileReader, order.epoch);
    } else {
      const files = reader as unknown as AsyncRecordBatchFileReader;
      for (let index = files.numRecordBatches - 1; index >= 0; index--) {
        const batch = await files.readRecordBatch(index);
        if (batch !== null) yield batch;
      }
    }
  } catch (error) {
    throw error instanceof TenureError ? error : damaged(path, error instanceof Error ? error.message : error);
  } finally {
    await file.close().catch(() => undefined);
  }
}

/** Finds the first by halves: only batches that are looked at are read. */
async function* batchesOfEpoch(file: AsyncRecordBatchFileReader, epoch: number): AsyncGenerator<RecordBatch> {
  const epochsOf = (batch: RecordBatch | null): ArrayLike<number> => batch?.getChild("epoch")?.data[0]?.values ?? [];
  let [low, high] = [0, file.numRecordBatches];
  while (low < high) {
    const middle = (low + high) >> 1;
    const batch = await file.readRecordBatch(middle);
    const last = epochsOf(batch)[(batch?.numRows ?? 0) - 1];
    // One without rows says nothing. To begin too early does no harm.
    if (last !== undefined && last < epoch) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < file.numRecordBatches; index++) {
    const batch = await file.readRecordBatch(index);
    if (batch === null || batch.numRows === 0) continue;
    if (epochsOf(batch)[0] > epoch) return;
    yield batch;
  }
}

/** The rows of a table file as the engine holds them, batch by batch. The arrays of a batch are the reader's to keep. */
export async function* readArrowTable(
  path: string,
  declaration: TableDeclaration,
  order: BatchOrder = "oldest_first",
): AsyncGenerator<ColumnBatch> {
  for await (const batch of readRecordBatches(path, declaration, order)) {
    const rows = batch.numRows;
    if (rows === 0) continue;
    yield {
      declaration,
      rows,
      columns: declaration.columns.map((column, index) => decodeColumn(column, batch.data.children[index], rows)),
    };
  }
}
