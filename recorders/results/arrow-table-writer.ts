import { type FileHandle, open } from "node:fs/promises";
import { makeData, RecordBatch, RecordBatchFileWriter, type Schema, Struct } from "apache-arrow";
import type { ColumnBatch, TableDeclaration } from "../../engine/index.js";
import { ArrowPieces, HashedOutput } from "../arrow/arrow-pieces.js";
import type { ColumnEncoder } from "../arrow/column-encoders.js";
import { arrowSchema } from "./arrow-schema.js";
import { storageError } from "./storage-error.js";
import { tableEncoders } from "./table-encoders.js";

/**
 * Rows of every record batch but the last. Part of the bytes, and so of every digest: rows are gathered to this size
 * however the engine happens to hand them over.
 */
export const ROWS_PER_BATCH = 32_768;

export interface TableFile {
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
}

/** Writes one result table as an Arrow IPC file in bounded memory, hashing what it writes. */
export class ArrowTableWriter {
  readonly #declaration: TableDeclaration;
  readonly #path: string;
  readonly #output: HashedOutput;
  readonly #schema: Schema;
  readonly #encoders: readonly ColumnEncoder[];
  readonly #pieces = new ArrowPieces();
  readonly #writer = new RecordBatchFileWriter();
  #held = 0;
  #rows = 0;
  #batches = 0;

  private constructor(path: string, file: FileHandle, declaration: TableDeclaration) {
    this.#path = path;
    this.#output = new HashedOutput(file);
    this.#declaration = declaration;
    this.#schema = arrowSchema(declaration);
    this.#encoders = tableEncoders(declaration, this.#schema, ROWS_PER_BATCH);
    this.#writer.reset(this.#pieces, this.#schema);
  }

  /** Creates (or empties) the file. */
  static async create(path: string, declaration: TableDeclaration): Promise<ArrowTableWriter> {
    try {
      return new ArrowTableWriter(path, await open(path, "w"), declaration);
    } catch (error) {
      throw storageError(error, path, "writing");
    }
  }

  /** Takes the rows of a batch; when it returns, the batch's arrays may be filled again. */
  async append(batch: ColumnBatch): Promise<void> {
    let start = 0;
    while (start < batch.rows) {
      const count = Math.min(batch.rows - start, ROWS_PER_BATCH - this.#held);
      for (let index = 0; index < this.#encoders.length; index++) this.#encoders[index].put(batch.columns[index], start, count, this.#held);
      start += count;
      this.#held += count;
      if (this.#held === ROWS_PER_BATCH) await this.#flush();
    }
    this.#rows += batch.rows;
  }

  /** Writes what is left and the footer. */
  async close(): Promise<TableFile> {
    // A table without rows still gets one empty batch, which brings its dictionaries along.
    if (this.#held > 0 || this.#batches === 0) await this.#flush();
    this.#writer.finish();
    await this.#write();
    try {
      await this.#output.file.close();
    } catch (error) {
      throw storageError(error, this.#path, "writing");
    }
    return { rows: this.#rows, bytes: this.#output.bytes, sha256: this.#output.digest() };
  }

  /** Gives the file up; it may be half written. */
  async abandon(): Promise<void> {
    await this.#output.file.close().catch(() => undefined);
  }

  get declaration(): TableDeclaration {
    return this.#declaration;
  }

  async #flush(): Promise<void> {
    const children = this.#encoders.map((encoder) => encoder.data(this.#held));
    const data = makeData({ type: new Struct(this.#schema.fields), length: this.#held, nullCount: 0, children });
    this.#writer.write(new RecordBatch(this.#schema, data));
    this.#held = 0;
    this.#batches++;
    await this.#write();
  }

  async #write(): Promise<void> {
    try {
      await this.#output.write(this.#pieces.take());
    } catch (error) {
      throw storageError(error, this.#path, "writing");
    }
  }
}
