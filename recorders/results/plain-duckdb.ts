import { rename, rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import duckdb, { type Connection } from "@duckdb/node-bindings";
import { withDatabase } from "./duckdb-file.js";
import { quoteName, quoteText } from "./duckdb-schema.js";
import type { PlainOptions, PlainTable, PlainType, PlainValue } from "./plain-table.js";
import { withWriteErrors } from "./storage-error.js";

/** Rows between two looks at whether it was stopped. */
const ROWS_PER_TURN = 4_096;

type Appender = ReturnType<typeof duckdb.appender_create>;

const APPEND: Readonly<Record<PlainType, (appender: Appender, value: never) => void>> = {
  INTEGER: (appender, value: number) => duckdb.append_int32(appender, value),
  DOUBLE: (appender, value: number) => duckdb.append_double(appender, value),
  BOOLEAN: (appender, value: boolean) => duckdb.append_bool(appender, value),
  VARCHAR: (appender, value: string) => duckdb.append_varchar(appender, value),
};

/**
 * Writes tables into a new DuckDB file, in one transaction; it has its name only when it is whole.
 * @throws TenureError `TEN-RESULT-001`, `-011`; the reason of the signal. Neither leaves anything, and what had the name before stays
 */
export async function writePlainDuckdb(path: string, tables: readonly PlainTable[], { signal, onProgress }: PlainOptions): Promise<void> {
  const partial = `${path}.partial`;
  await withDatabase(partial, async (connection) => {
    const execute = (sql: string) => duckdb.query(connection, sql);
    await execute("BEGIN");
    let rows = 0;
    for (const table of tables) {
      for (const statement of statementsOf(table)) await execute(statement);
      for (const done of appended(connection, table)) {
        signal?.throwIfAborted();
        onProgress?.({ table: table.name, rows: rows + done });
        await setImmediate();
      }
      rows += table.rows.length;
    }
    await execute("COMMIT");
    await execute("CHECKPOINT");
  });
  try {
    await withWriteErrors(path, () => rename(partial, path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function statementsOf({ name, meaning, columns }: PlainTable): string[] {
  const own = quoteName(name);
  return [
    `CREATE TABLE ${own} (${columns.map((column) => `${quoteName(column.name)} ${column.type}`).join(", ")})`,
    `COMMENT ON TABLE ${own} IS ${quoteText(meaning)}`,
    ...columns.map((column) => `COMMENT ON COLUMN ${own}.${quoteName(column.name)} IS ${quoteText(column.meaning)}`),
  ];
}

/** Appends the rows, and says now and then how many it has. */
function* appended(connection: Connection, { name, columns, rows }: PlainTable): Generator<number, void> {
  const appender = duckdb.appender_create(connection, null, name);
  try {
    for (const [at, row] of rows.entries()) {
      if (at % ROWS_PER_TURN === 0) yield at;
      for (const [index, { type }] of columns.entries()) append(appender, type, row[index]);
      duckdb.appender_end_row(appender);
    }
  } catch (error) {
    duckdb.appender_clear(appender);
    throw error;
  } finally {
    duckdb.appender_close_sync(appender);
  }
}

function append(appender: Appender, type: PlainType, value: PlainValue): void {
  if (value === null) duckdb.append_null(appender);
  else APPEND[type](appender, value as never);
}
