import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeData, RecordBatch, RecordBatchFileWriter, type Schema, Struct } from "apache-arrow";
import { type AddressBook, type ColumnBatch, columnIndex, STREAMS, type StreamKind } from "../../engine/index.js";
import { ArrowPieces, HashedOutput } from "../arrow/arrow-pieces.js";
import { AddressDictionary } from "./address-dictionary.js";
import { writeRefusal } from "./file-refusal.js";
import type { RecordingFile } from "./recording-manifest.js";
import type { RecordingSums } from "./recording-sums.js";
import { RowCheck } from "./row-check.js";
import { makeStreamColumnEncoder, type StreamColumnEncoder } from "./stream-column-encoders.js";
import { streamSchema } from "./stream-schema.js";

/** Rows of every record batch but the last, however they are handed over. Part of the bytes of a file. */
export const STREAM_ROWS_PER_BATCH = 65_536;

/**
 * Writes one stream file in bounded memory: rows are gathered to full record batches, each of which is on the disk (and
 * hashed) before the memory it was made in is used again. The file has a temporary name until `finish`.
 */
export class StreamFileWriter {
  readonly #path: string;
  readonly #target: string;
  readonly #file: FileHandle;
  readonly #output: HashedOutput;
  readonly #schema: Schema;
  readonly #addresses: AddressDictionary;
  readonly #encoders: readonly StreamColumnEncoder[];
  readonly #pieces = new ArrowPieces();
  readonly #writer = new RecordBatchFileWriter();
  readonly #check: RowCheck;
  readonly #blockColumn: number;
  #held = 0;
  #batches = 0;
  #fromMs: number | null = null;
  #toMs: number | null = null;
  #fromBlock: number | null = null;
  #toBlock: number | null = null;

  private constructor(
    readonly kind: StreamKind,
    folder: string,
    path: string,
    file: FileHandle,
    book: AddressBook,
    readonly sums: RecordingSums | undefined,
  ) {
    const declaration = STREAMS[kind];
    this.#path = path;
    this.#target = join(folder, path);
    this.#file = file;
    this.#output = new HashedOutput(file);
    this.#schema = streamSchema(kind);
    this.#addresses = new AddressDictionary(book);
    this.#encoders = declaration.columns.map((column, index) =>
      makeStreamColumnEncoder(column, this.#schema.fields[index].type, STREAM_ROWS_PER_BATCH, this.#addresses),
    );
    this.#check = new RowCheck(kind, path);
    this.#blockColumn = columnIndex(declaration, "block");
    this.#writer.reset(this.#pieces, this.#schema);
  }

  /**
   * @param path of the file inside the recording, `/` between names
   * @param book what the address ids of the rows mean
   * @param sums told of all rows that are written
   */
  static async create(folder: string, kind: StreamKind, path: string, book: AddressBook, sums?: RecordingSums): Promise<StreamFileWriter> {
    const target = join(folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      return new StreamFileWriter(kind, folder, path, await open(`${target}.partial`, "w"), book, sums);
    } catch (error) {
      throw writeRefusal(error, target);
    }
  }

  get rows(): number {
    return this.#check.rows;
  }

  /**
   * Takes rows; when it returns, the batch's arrays may be filled again.
   * @throws TenureError what `RowCheck.check` and `writeRefusal` name
   */
  async write(batch: ColumnBatch): Promise<void> {
    if (batch.rows > 0) this.#check.check(batch);
    this.sums?.take(this.kind, batch);
    if (batch.rows === 0) return;
    this.#noteRange(batch);
    let start = 0;
    while (start < batch.rows) {
      const count = Math.min(batch.rows - start, STREAM_ROWS_PER_BATCH - this.#held);
      for (let index = 0; index < this.#encoders.length; index++) this.#encoders[index].put(batch.columns[index], start, count, this.#held);
      start += count;
      this.#held += count;
      if (this.#held === STREAM_ROWS_PER_BATCH) await this.#flush();
    }
  }

  /** Writes what is left and the footer, and gives the file its name. */
  async finish(): Promise<RecordingFile> {
    // A stream without rows still gets one empty batch, which brings schema and dictionaries along.
    if (this.#held > 0 || this.#batches === 0) await this.#flush();
    this.#writer.finish();
    await this.#drain();
    try {
      await this.#file.close();
      await rename(`${this.#target}.partial`, this.#target);
    } catch (error) {
      throw writeRefusal(error, this.#target);
    }
    return {
      path: this.#path,
      sha256: this.#output.digest(),
      bytes: this.#output.bytes,
      rows: this.rows,
      from_ms: this.#fromMs,
      to_ms: this.#toMs,
      from_block: this.#fromBlock,
      to_block: this.#toBlock,
    };
  }

  /** Gives the file up; what is written of it keeps its temporary name. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }

  #noteRange(batch: ColumnBatch): void {
    const times = batch.columns[0] as Float64Array;
    this.#fromMs ??= times[0];
    this.#toMs = times[batch.rows - 1];
    if (this.#blockColumn === -1) return;
    const blocks = batch.columns[this.#blockColumn] as Int32Array;
    let from = this.#fromBlock ?? Number.POSITIVE_INFINITY;
    let to = this.#toBlock ?? -1;
    for (let row = 0; row < batch.rows; row++) {
      const block = blocks[row];
      if (block < 0) continue;
      if (block < from) from = block;
      if (block > to) to = block;
    }
    if (to < 0) return;
    this.#fromBlock = from;
    this.#toBlock = to;
  }

  async #flush(): Promise<void> {
    for (const encoder of this.#encoders) encoder.settle?.(this.#held);
    const addresses = this.#addresses.vector();
    const children = this.#encoders.map((encoder) => encoder.data(this.#held, addresses));
    const data = makeData({ type: new Struct(this.#schema.fields), length: this.#held, nullCount: 0, children });
    this.#writer.write(new RecordBatch(this.#schema, data));
    this.#held = 0;
    this.#batches++;
    await this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      await this.#output.write(this.#pieces.take());
    } catch (error) {
      throw writeRefusal(error, this.#target);
    }
  }
}
