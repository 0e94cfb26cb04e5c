import { rm } from "node:fs/promises";
import { join } from "node:path";
import duckdb, { type Connection, type DataChunk } from "@duckdb/node-bindings";
import type { RecordBatch } from "apache-arrow";
import { InvariantError, RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../engine/index.js";
import { textBytes, unpackFlags } from "../arrow/column-decoders.js";
import { readRecordBatches } from "./arrow-table-reader.js";
import { quoteText, tableStatements, vectorWidth } from "./duckdb-schema.js";
import { viewStatements } from "./result-views.js";
import { storageError } from "./storage-error.js";

const VECTOR_ROWS = duckdb.vector_size();

/** Results stay on this machine and in little memory: no extension is fetched, two threads, a cap on the buffer pool. */
const OPTIONS: Readonly<Record<string, string>> = {
  threads: "2",
  memory_limit: "256MB",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
};

/** The one row of the table `runs`: what the other tables are the results of. */
export interface RunIdentity {
  readonly name: string;
  readonly seed: number;
  readonly replicate: number;
  readonly digest: string;
  readonly version: string;
}

export interface DuckdbProgress {
  readonly table: ResultTableName;
  /** Rows loaded so far, over all tables. */
  readonly rows: number;
}

/**
 * Loads Arrow result tables (`<tablesDir>/<name>.arrow`) into a new DuckDB file: one connection, one transaction, one
 * reused data chunk a table. A failure leaves no file behind.
 */
export async function writeDuckdb(
  path: string,
  tablesDir: string,
  tables: readonly ResultTableName[],
  run: RunIdentity,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: DuckdbProgress) => void } = {},
): Promise<void> {
  await removeDatabase(path);
  try {
    const configuration = duckdb.create_config();
    for (const [name, value] of Object.entries(OPTIONS)) duckdb.set_config(configuration, name, value);
    const database = await duckdb.open(path, configuration);
    try {
      const connection = await duckdb.connect(database);
      try {
        await load(connection, tablesDir, tables, run, options);
      } finally {
        duckdb.disconnect_sync(connection);
      }
    } finally {
      duckdb.close_sync(database);
    }
  } catch (error) {
    await removeDatabase(path).catch(() => undefined);
    throw storageError(error, path, "writing");
  }
}

async function removeDatabase(path: string): Promise<void> {
  for (const file of [path, `${path}.wal`]) await rm(file, { force: true });
}

async function load(
  connection: Connection,
  tablesDir: string,
  tables: readonly ResultTableName[],
  run: RunIdentity,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: DuckdbProgress) => void },
): Promise<void> {
  const execute = (sql: string) => duckdb.query(connection, sql);
  await execute("BEGIN");
  await execute("CREATE TABLE runs (name VARCHAR, seed BIGINT, replicate BIGINT, digest VARCHAR, version VARCHAR)");
  await execute(
    `INSERT INTO runs VALUES (${quoteText(run.name)}, ${run.seed}, ${run.replicate}, ${quoteText(run.digest)}, ${quoteText(run.version)})`,
  );
  let rows = 0;
  for (const table of tables) {
    const declaration: TableDeclaration = RESULT_TABLES[table];
    for (const statement of tableStatements(declaration)) await execute(statement);
    const loader = new TableLoader(connection, declaration);
    try {
      for await (const batch of readRecordBatches(join(tablesDir, `${table}.arrow`), declaration)) {
        options.signal?.throwIfAborted();
        loader.append(batch);
        rows += batch.numRows;
        options.onProgress?.({ table, rows });
      }
    } catch (error) {
      loader.abandon();
      throw error;
    }
    loader.close();
  }
  for (const statement of viewStatements(tables)) await execute(statement);
  await execute("COMMIT");
  await execute("CHECKPOINT");
}

/** Copies record batches into one DuckDB table, a vector at a time. Arrow's buffers already hold what DuckDB's vectors hold. */
class TableLoader {
  readonly #declaration: TableDeclaration;
  readonly #appender: ReturnType<typeof duckdb.appender_create>;
  readonly #chunk: DataChunk;
  readonly #flags = new Uint8Array(VECTOR_ROWS);
  /** Numbers of 128 bits, the low half first. */
  readonly #sums = new BigInt64Array(VECTOR_ROWS * 2);

  constructor(connection: Connection, declaration: TableDeclaration) {
    this.#declaration = declaration;
    this.#appender = duckdb.appender_create(connection, null, declaration.name);
    this.#chunk = duckdb.create_data_chunk(declaration.columns.map((_, index) => duckdb.appender_column_type(this.#appender, index)));
  }

  append(batch: RecordBatch): void {
    for (let start = 0; start < batch.numRows; start += VECTOR_ROWS) {
      const count = Math.min(VECTOR_ROWS, batch.numRows - start);
      duckdb.data_chunk_reset(this.#chunk);
      for (let index = 0; index < this.#declaration.columns.length; index++) this.#fill(batch, index, start, count);
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

  #fill(batch: RecordBatch, index: number, start: number, count: number): void {
    const column = this.#declaration.columns[index];
    const data = batch.data.children[index];
    if (data.offset !== 0) throw new InvariantError(`column ${column.name} of a record batch does not start at its buffer`);
    const vector = duckdb.data_chunk_get_vector(this.#chunk, index);
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
