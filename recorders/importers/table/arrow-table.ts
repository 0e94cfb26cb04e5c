import { type FileHandle, open } from "node:fs/promises";
import { DataType, type RecordBatch, RecordBatchReader } from "apache-arrow";
import { TenureError } from "../../../engine/index.js";
import { hashFile } from "../../streams/index.js";
import type { Cell, FieldRequest, TableChunk, TableSource } from "./table-source.js";
import { unreadable } from "./unreadable.js";

function isReadable(type: DataType): boolean {
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
  return isText || DataType.isInt(type) || DataType.isFloat(type) || DataType.isTimestamp(type) || DataType.isDate(type);
}

/** An Arrow file or stream, read batch by batch. DuckDB reads Arrow only with an extension it would have to download. */
export class ArrowTable implements TableSource {
  readonly rows = undefined;
  readonly readAs = "Arrow";

  private constructor(
    readonly file: string,
    readonly handle: FileHandle,
    readonly reader: RecordBatchReader,
    readonly fields: readonly string[],
    readonly bytes: number,
    readonly sha256: string,
  ) {}

  /** @throws TenureError `TEN-IMPORT-016` */
  static async open(file: string, bytes: number, signal?: AbortSignal): Promise<ArrowTable> {
    const sha256 = await hashFile(file, () => signal?.throwIfAborted());
    const handle = await open(file, "r");
    try {
      const reader = await RecordBatchReader.from(handle);
      await reader.open({ autoDestroy: false });
      const fields = (reader.schema?.fields ?? []).map((field) => String(field.name));
      if (fields.length === 0) throw new Error("it has no fields");
      return new ArrowTable(file, handle, reader as RecordBatchReader, fields, bytes, sha256);
    } catch (error) {
      await handle.close();
      throw unreadable(file, error);
    }
  }

  async *read(requests: readonly FieldRequest[]): AsyncGenerator<TableChunk> {
    const places = requests.map((request) => this.fields.indexOf(request.field));
    const batches = (this.reader as unknown as AsyncIterable<RecordBatch>)[Symbol.asyncIterator]();
    for (;;) {
      const next = await batches.next().catch((error: unknown) => {
        throw unreadable(this.file, error);
      });
      if (next.done === true) return;
      const batch = next.value;
      if (batch.numRows > 0) yield { rows: batch.numRows, cells: places.map((place) => this.#cells(batch, place)) };
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  #cells(batch: RecordBatch, place: number): Cell[] {
    const { type } = batch.schema.fields[place];
    const valueType = DataType.isDictionary(type) ? type.dictionary : type;
    if (!isReadable(valueType)) {
      throw new TenureError({
        code: "TEN-IMPORT-013",
        what: "A field has a type that holds neither numbers, times nor text.",
        place: { file: this.file, path: this.fields[place] },
        found: String(valueType),
        allowed: "integers, floats, timestamps, dates, text",
        hint: "Write what is meant as a field of its own.",
      });
    }
    const vector = batch.getChildAt(place);
    const isWhole = DataType.isTimestamp(valueType) || DataType.isDate(valueType);
    return Array.from({ length: batch.numRows }, (_, row) => {
      const value = vector?.get(row) as Cell | Date | undefined;
      if (value === null || value === undefined) return null;
      if (value instanceof Date) return value.getTime();
      // Finer than ms is cut off.
      return isWhole && typeof value === "number" ? Math.floor(value) : value;
    });
  }
}
