import { rename, rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import duckdb, { type Connection } from "@duckdb/node-bindings";
import { withDatabase } from "../results/duckdb-file.js";
import { quoteName, quoteText } from "../results/duckdb-schema.js";
import { withWriteErrors } from "../results/storage-error.js";
import type { ParquetColumn, ParquetRows } from "./parquet-table.js";

const VECTOR_ROWS = duckdb.vector_size();

/**
 * Writes a Parquet file, compressed by zstd; it has its name only when it is whole. The same rows give the same bytes.
 * @param blocks the rows, in their order
 * @throws TenureError `TEN-RESULT-001`, `-011`; the reason of the signal. Neither leaves anything
 */
export async function writeParquet(
  path: string,
  columns: readonly ParquetColumn[],
  blocks: AsyncIterable<ParquetRows>,
  signal?: AbortSignal,
): Promise<void> {
  const rows = `${path}.rows`;
  const partial = `${path}.partial`;
  try {
    // In a file first: more rows than memory holds are still rows of one table.
    await withDatabase(rows, async (connection) => {
      // By one thread groups of rows end at the same rows always.
      await duckdb.query(connection, "SET threads = 1");
      await duckdb.query(connection, `CREATE TABLE t (${columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(", ")})`);
      await append(connection, columns, blocks, signal);
      const selected = columns.map(({ name, type }) => {
        const own = quoteName(name);
        return type === "DOUBLE" ? `CASE WHEN isnan(${own}) THEN NULL ELSE ${own} END AS ${own}` : own;
      });
      await duckdb.query(
        connection,
        `COPY (SELECT ${selected.join(", ")} FROM t) TO ${quoteText(partial)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    });
    await withWriteErrors(path, () => rename(partial, path));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    for (const file of [rows, `${rows}.wal`]) await rm(file, { force: true }).catch(() => undefined);
  }
}

async function append(
  connection: Connection,
  columns: readonly ParquetColumn[],
  blocks: AsyncIterable<ParquetRows>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const appender = duckdb.appender_create(connection, null, "t");
  const chunk = duckdb.create_data_chunk(columns.map((_, at) => duckdb.appender_column_type(appender, at)));
  try {
    for await (const { count, columns: values } of blocks) {
      signal?.throwIfAborted();
      for (let start = 0; start < count; start += VECTOR_ROWS) {
        const rows = Math.min(VECTOR_ROWS, count - start);
        duckdb.data_chunk_reset(chunk);
        for (const [at, column] of values.entries()) {
          const vector = duckdb.data_chunk_get_vector(chunk, at);
          if (column instanceof Float64Array || column instanceof Int32Array) {
            const width = column.BYTES_PER_ELEMENT;
            duckdb.copy_data_to_vector(vector, 0, column.buffer as ArrayBuffer, column.byteOffset + start * width, rows * width);
          } else {
            for (let row = 0; row < rows; row++) duckdb.vector_assign_string_element(vector, row, column[start + row]);
          }
        }
        duckdb.data_chunk_set_size(chunk, rows);
        duckdb.append_data_chunk(appender, chunk);
      }
      await setImmediate();
    }
  } catch (error) {
    duckdb.appender_clear(appender);
    throw error;
  } finally {
    duckdb.appender_close_sync(appender);
  }
}
