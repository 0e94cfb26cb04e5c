import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import duckdb, { type Connection, type Vector } from "@duckdb/node-bindings";
import { TenureError } from "../../engine/index.js";
import { textCell } from "../results/duckdb-cells.js";
import { quoteName, quoteText } from "../results/duckdb-schema.js";
import { withReadErrors } from "../results/storage-error.js";
import type { ParquetColumn, ParquetRows, ParquetType } from "./parquet-table.js";

const { Type } = duckdb;
const TYPES: ReadonlyMap<number, ParquetType> = new Map([
  [Type.INTEGER, "INTEGER"],
  [Type.DOUBLE, "DOUBLE"],
  [Type.VARCHAR, "VARCHAR"],
]);
/** What DuckDB takes for a pattern of many files. */
const PATTERN = /[*?[\]{}]/;

/** A Parquet file that is read from its first row to its last, a part at a time. */
export interface OpenParquet {
  readonly columns: readonly ParquetColumn[];
  readonly rows: AsyncGenerator<ParquetRows>;
}

/**
 * Opens a Parquet file that `writeParquet` wrote, and closes it when `read` has ended.
 * @throws TenureError `TEN-RESULT-002` it cannot be read, `TEN-RESULT-015` it is none, or has columns of other types
 */
export async function withParquet<T>(path: string, read: (file: OpenParquet) => Promise<T>): Promise<T> {
  const folder = PATTERN.test(path) ? await mkdtemp(join(tmpdir(), "tenure-parquet-")) : null;
  const plain = folder === null ? path : join(folder, "rows.parquet");
  try {
    if (folder !== null) await withReadErrors(path, () => copyFile(path, plain));
    const database = await duckdb.open(":memory:", configuration());
    try {
      const connection = await duckdb.connect(database);
      try {
        const columns = await columnsOf(connection, path, plain);
        return await read({ columns, rows: rowsOf(connection, columns, plain) });
      } finally {
        duckdb.disconnect_sync(connection);
      }
    } finally {
      duckdb.close_sync(database);
    }
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

function configuration(): ReturnType<typeof duckdb.create_config> {
  const made = duckdb.create_config();
  const options = { threads: "1", autoinstall_known_extensions: "false", autoload_known_extensions: "false" };
  for (const [name, value] of Object.entries(options)) duckdb.set_config(made, name, value);
  return made;
}

async function columnsOf(connection: Connection, path: string, plain: string): Promise<readonly ParquetColumn[]> {
  const sql = `SELECT * FROM read_parquet(${quoteText(plain)})`;
  const prepared = await duckdb.prepare(connection, sql).catch((error: unknown) => {
    throw noParquet(path, error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  });
  return Array.from({ length: duckdb.prepared_statement_column_count(prepared) }, (_, at) => {
    const name = duckdb.prepared_statement_column_name(prepared, at);
    const type = TYPES.get(duckdb.prepared_statement_column_type(prepared, at));
    if (type === undefined) throw noParquet(path, `a column ${name} of another type`);
    return { name, type };
  });
}

function noParquet(file: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-RESULT-015",
    what: "This is no Parquet file as Tenure writes it.",
    place: { file },
    found,
    allowed: "a Parquet file with columns of INTEGER, DOUBLE and VARCHAR",
    hint: "It is damaged, or another program wrote it. Write it again.",
  });
}

async function* rowsOf(connection: Connection, columns: readonly ParquetColumn[], plain: string): AsyncGenerator<ParquetRows> {
  const selected = columns.map(({ name, type }) => (type === "DOUBLE" ? `coalesce(${quoteName(name)}, 'nan'::DOUBLE)` : quoteName(name)));
  const prepared = await duckdb.prepare(connection, `SELECT ${selected.join(", ")} FROM read_parquet(${quoteText(plain)})`);
  const result = await duckdb.execute_prepared_streaming(prepared);
  for (;;) {
    const chunk = await duckdb.fetch_chunk(result);
    const count = chunk === null ? 0 : duckdb.data_chunk_get_size(chunk);
    if (chunk === null || count === 0) return;
    yield { count, columns: columns.map(({ type }, at) => values(duckdb.data_chunk_get_vector(chunk, at), type, count)) };
  }
}

function values(vector: Vector, type: ParquetType, count: number): ParquetRows["columns"][number] {
  if (type === "VARCHAR") return Array.from({ length: count }, (_, row) => textCell(vector, row));
  const width = type === "DOUBLE" ? 8 : 4;
  const bytes = duckdb.vector_get_data(vector, count * width);
  // The next part is put where this one lies.
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + count * width) as ArrayBuffer;
  return type === "DOUBLE" ? new Float64Array(own) : new Int32Array(own);
}
