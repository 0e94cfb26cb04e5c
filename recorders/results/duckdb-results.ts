import { rm } from "node:fs/promises";
import { join } from "node:path";
import duckdb, { type Connection, type DataChunk } from "@duckdb/node-bindings";
import type { RecordBatch } from "apache-arrow";
import { type ColumnDeclaration, InvariantError, RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../engine/index.js";
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
  readonly table: string;
  /** Rows loaded so far, over all tables. */
  readonly rows: number;
}

export interface DuckdbOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DuckdbProgress) => void;
}

/** A run whose tables are loaded. */
export interface LoadedRun extends RunIdentity {
  /** Folder with its `<table>.arrow`. */
  readonly tablesDir: string;
}

/** A table that belongs to no single run. */
export interface SharedTable {
  readonly path: string;
  readonly declaration: TableDeclaration;
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
  options: DuckdbOptions = {},
): Promise<void> {
  await withDatabase(path, (connection) => load(connection, tables, [{ ...run, tablesDir }], { ...options, ofReplicates: false }));
}

/**
 * The same for many runs of one scenario: each table has the number of the run before its own columns.
 * @param runs which recorded the same tables, in the order in which they are loaded
 * @param shared tables that hold rows of all runs already
 */
export async function writeReplicatesDuckdb(
  path: string,
  tables: readonly ResultTableName[],
  runs: readonly LoadedRun[],
  shared: readonly SharedTable[],
  options: DuckdbOptions = {},
): Promise<void> {
  await withDatabase(path, (connection) => load(connection, tables, runs, { ...options, ofReplicates: true, shared }));
}

async function withDatabase(path: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  await removeDatabase(path);
  try {
    const configuration = duckdb.create_config();
    for (const [name, value] of Object.entries(OPTIONS)) duckdb.set_config(configuration, name, value);
    const database = await duckdb.open(path, configuration);
    try {
      const connection = await duckdb.connect(database);
      try {
        await work(connection);
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

/** What tells the runs of one file apart, before the columns of a table. */
const REPLICATE: ColumnDeclaration = { name: "replicate", type: "int", unit: "", meaning: "Which run of the scenario the row is of." };

async function load(
  connection: Connection,
  tables: readonly ResultTableName[],
  runs: readonly LoadedRun[],
  options: DuckdbOptions & { readonly ofReplicates: boolean; readonly shared?: readonly SharedTable[] },
): Promise<void> {
  const { ofReplicates, shared = [], signal, onProgress } = options;
  const execute = (sql: string) => duckdb.query(connection, sql);
  await execute("BEGIN");
  await execute("CREATE TABLE runs (name VARCHAR, seed BIGINT, replicate BIGINT, digest VARCHAR, version VARCHAR)");
  for (const run of runs) {
    const texts = [run.name, run.digest, run.version].map(quoteText);
    await execute(`INSERT INTO runs VALUES (${texts[0]}, ${run.seed}, ${run.replicate}, ${texts[1]}, ${texts[2]})`);
  }
  let rows = 0;
  const loadFiles = async (declaration: TableDeclaration, files: readonly { path: string; replicate: number | null }[]) => {
    const isLed = files.some(({ replicate }) => replicate !== null);
    const made = isLed ? { ...declaration, columns: [REPLICATE, ...declaration.columns] } : declaration;
    for (const statement of tableStatements(made)) await execute(statement);
    const loader = new TableLoader(connection, declaration, isLed);
    try {
      for (const { path, replicate } of files) {
        for await (const batch of readRecordBatches(path, declaration)) {
          signal?.throwIfAborted();
          loader.append(batch, replicate ?? 0);
          rows += batch.numRows;
          onProgress?.({ table: declaration.name, rows });
        }
      }
    } catch (error) {
      loader.abandon();
      throw error;
    }
    loader.close();
  };
  for (const table of runs.length === 0 ? [] : tables) {
    const replicateOf = (run: LoadedRun) => (ofReplicates ? run.replicate : null);
    const files = runs.map((run) => ({ path: join(run.tablesDir, `${table}.arrow`), replicate: replicateOf(run) }));
    await loadFiles(RESULT_TABLES[table], files);
  }
  for (const { path, declaration } of shared) await loadFiles(declaration, [{ path, replicate: null }]);
  if (runs.length > 0) for (const statement of viewStatements(tables, ofReplicates)) await execute(statement);
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

  append(batch: RecordBatch, replicate: number): void {
    this.#replicates.fill(replicate);
    for (let start = 0; start < batch.numRows; start += VECTOR_ROWS) {
      const count = Math.min(VECTOR_ROWS, batch.numRows - start);
      duckdb.data_chunk_reset(this.#chunk);
      if (this.#leading === 1) {
        duckdb.copy_data_to_vector(duckdb.data_chunk_get_vector(this.#chunk, 0), 0, this.#replicates.buffer, 0, count * 4);
      }
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
