import duckdb, { type Connection, type DataChunk } from "@duckdb/node-bindings";
import type { Data } from "apache-arrow";
import { InvariantError, type TableDeclaration } from "../../engine/index.js";
import { textBytes, unpackFlags } from "../arrow/column-decoders.js";
import { vectorWidth } from "./duckdb-schema.js";

/** Rows of a vector of DuckDB. */
export const VECTOR_ROWS = duckdb.vector_size();

/** Copies Arrow columns into one DuckDB table, a vector at a time. Arrow's buffers already hold what DuckDB's vectors hold. */
export class TableLoader {
  readonly #declaration: TableDeclaration;
  readonly #appender: ReturnType<typeof duckdb.appender_create>;
  readonly #chunk: DataChunk;
  readonly #flags = new Uint8Array(VECTOR_ROWS);
  /** Numbers of 128 bits, the low half first. */
  readonly #sums = new BigInt64Array(VECTOR_ROWS * 2);
  readonly #replicates = new Int32Array(VECTOR_ROWS);
  /** Columns before those of the declaration. */
  readonly #leading: number;

  /** @param isLed the table has the column `replicate` before those of the declaration */
  constructor(connection: Connection, declaration: TableDeclaration, isLed: boolean) {
    this.#declaration = declaration;
    this.#leading = isLed ? 1 : 0;
    this.#appender = duckdb.appender_create(connection, null, declaration.name);
    const columns = declaration.columns.length + this.#leading;
    this.#chunk = duckdb.create_data_chunk(
      Array.from({ length: columns }, (_, index) => duckdb.appender_column_type(this.#appender, index)),
    );
  }

  /**
   * @param columns in the order of the declaration, each at least `rows` long
   * @param replicate of the rows; read only where the table has the column
   */
  append(columns: readonly Data[], rows: number, replicate: number): void {
    this.#replicates.fill(replicate);
    for (let start = 0; start < rows; start += VECTOR_ROWS) {
      const count = Math.min(VECTOR_ROWS, rows - start);
      duckdb.data_chunk_reset(this.#chunk);
      if (this.#leading === 1) {
        duckdb.copy_data_to_vector(duckdb.data_chunk_get_vector(this.#chunk, 0), 0, this.#replicates.buffer, 0, count * 4);
      }
      for (let index = 0; index < this.#declaration.columns.length; index++) this.#fill(columns[index], index, start, count);
      duckdb.data_chunk_set_size(this.#chunk, count);
      duckdb.append_data_chunk(this.#appender, this.#chunk);
    }
  }

  close(): void {
    duckdb.appender_close_sync(this.#appender);
  }

  /** Drops what is not yet in the table; the failure that led here is the one to report. */
  abandon(): void {
    try {
      duckdb.appender_clear(this.#appender);
      duckdb.appender_close_sync(this.#appender);
    } catch {
      // The transaction is given up with the connection.
    }
  }

  #fill(data: Data, index: number, start: number, count: number): void {
    const column = this.#declaration.columns[index];
    if (data.offset !== 0) throw new InvariantError(`column ${column.name} of a record batch does not start at its buffer`);
    const vector = duckdb.data_chunk_get_vector(this.#chunk, this.#leading + index);
    if (column.type === "text" || column.type === "address") {
      const { bytes, offsets } = textBytes(data);
      for (let row = 0; row < count; row++) {
        duckdb.vector_assign_string_element_len(vector, row, bytes.subarray(offsets[start + row], offsets[start + row + 1]));
      }
    } else if (column.type === "rao_sum") {
      const { bytes, offsets } = textBytes(data);
      for (let row = 0; row < count; row++) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + offsets[start + row], offsets[start + row + 1] - offsets[start + row]);
        const sum = BigInt(text.toString("latin1"));
        this.#sums[row * 2] = sum;
        this.#sums[row * 2 + 1] = sum >> 64n;
      }
      duckdb.copy_data_to_vector(vector, 0, this.#sums.buffer, 0, count * 16);
    } else if (column.type === "flag") {
      unpackFlags(data.values as Uint8Array, start, count, this.#flags);
      duckdb.copy_data_to_vector(vector, 0, this.#flags.buffer, 0, count);
    } else {
      const width = vectorWidth(column);
      const values = data.values as Float64Array | Int32Array | Uint8Array | BigInt64Array;
      duckdb.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset + start * width, count * width);
    }
  }
}
