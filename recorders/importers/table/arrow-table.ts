import { type FileHandle, open } from "node:fs/promises";
import { type RecordBatch, RecordBatchReader } from "apache-arrow";
import { TenureError } from "../../../engine/index.js";
import { BadArrowError, checkArrowFrame } from "../../arrow/arrow-frame.js";
import { hashFile } from "../../streams/index.js";
import { arrowCells } from "./arrow-cells.js";
import type { Cell, FieldRequest, TableChunk, TableSource } from "./table-source.js";
import { malformed, unreadable } from "./unreadable.js";

const ALLOWED = "an Arrow file or stream";

/** What the library fails with, though all that it takes on trust was checked, says nothing to a person. */
function noArrow(file: string, error: unknown): unknown {
  if (error instanceof BadArrowError) return malformed({ file }, error.message, ALLOWED, error.hint);
  return unreadable(file, error, { found: "a damaged Arrow file: its parts contradict each other", allowed: ALLOWED });
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
    readonly endsUnmarked: boolean,
  ) {}

  /** @throws TenureError `TEN-IMPORT-016` */
  static async open(file: string, bytes: number, signal?: AbortSignal): Promise<ArrowTable> {
    const sha256 = await hashFile(file, () => signal?.throwIfAborted());
    const handle = await open(file, "r");
    try {
      const { endsUnmarked } = await checkArrowFrame(handle);
      const reader = await RecordBatchReader.from(handle);
      await reader.open({ autoDestroy: false });
      const fields = (reader.schema?.fields ?? []).map((field) => String(field.name));
      return new ArrowTable(file, handle, reader as RecordBatchReader, fields, bytes, sha256, endsUnmarked);
    } catch (error) {
      await handle.close();
      throw noArrow(file, error);
    }
  }

  async *read(requests: readonly FieldRequest[]): AsyncGenerator<TableChunk> {
    const asked = requests.map(({ field, aside = false }) => ({ place: this.fields.indexOf(field), aside }));
    const batches = (this.reader as unknown as AsyncIterable<RecordBatch>)[Symbol.asyncIterator]();
    let read = 0;
    for (;;) {
      const next = await batches.next().catch((error: unknown) => {
        throw noArrow(this.file, error);
      });
      if (next.done === true) return;
      const batch = next.value;
      if (batch.numRows > 0) yield { rows: batch.numRows, cells: asked.map(({ place, aside }) => this.#cells(batch, place, read, aside)) };
      read += batch.numRows;
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** @param before rows of the file before those of the batch */
  #cells(batch: RecordBatch, place: number, before: number, aside: boolean): Cell[] {
    const cells = arrowCells(batch.data.children[place], (row) => ({
      file: this.file,
      path: `row ${before + row + 1}, ${this.fields[place]}`,
    }));
    if (cells !== undefined) return cells;
    if (aside) return Array.from({ length: batch.numRows }, () => null);
    throw new TenureError({
      code: "TEN-IMPORT-013",
      what: "A field has a type that holds neither numbers, times nor text.",
      place: { file: this.file, path: this.fields[place] },
      found: String(batch.schema.fields[place].type),
      allowed: "integers, floats, timestamps, dates, text",
      hint: "Write what is meant as a field of its own.",
    });
  }
}
