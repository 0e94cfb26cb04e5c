import { setImmediate } from "node:timers/promises";
import duckdb from "@duckdb/node-bindings";
import { type ColumnBatch, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import type { ColumnEncoder } from "../arrow/column-encoders.js";
import { arrowSchema } from "./arrow-schema.js";
import { numberCell } from "./duckdb-cells.js";
import { tableStatements } from "./duckdb-schema.js";
import { TableLoader, VECTOR_ROWS } from "./duckdb-table-loader.js";
import { LockedConnection } from "./locked-connection.js";
import type { AroundNative, QueryAnswer, QueryShape } from "./query-answer.js";
import { viewStatements } from "./result-views.js";
import type { ResultSink } from "./result-writer.js";
import { tableEncoders } from "./table-encoders.js";

/** How long a query may compute before signals and timers get their turn. */
const TURN_MS = 50;

interface LoadedTable {
  readonly loader: TableLoader;
  readonly encoders: readonly ColumnEncoder[];
}

/**
 * The tables of one run in memory, with the views that `results.duckdb` has, for queries. It takes the batches of the run as they are made;
 * without any its tables are empty, and queries can be checked against them.
 */
export class RunDatabase implements ResultSink {
  readonly #loaded = new Map<ResultTableName, LoadedTable>();
  #isFilled = false;

  private constructor(
    private readonly connection: LockedConnection,
    private readonly tables: ReadonlySet<ResultTableName>,
    private readonly around: AroundNative,
  ) {}

  /** @param tables that it has, with those that they refer to */
  static async open(tables: readonly ResultTableName[], around: AroundNative = (call) => call()): Promise<RunDatabase> {
    const connection = await LockedConnection.open({ statements: emptyTables(tables), around });
    return new RunDatabase(connection, new Set(tables), around);
  }

  /** Takes rows of a table that it has; others are passed over. */
  append(table: ResultTableName, batch: ColumnBatch): void {
    if (!this.tables.has(table)) return;
    const { loader, encoders } = this.#loadedTable(table);
    for (let start = 0; start < batch.rows; start += VECTOR_ROWS) {
      const count = Math.min(VECTOR_ROWS, batch.rows - start);
      for (const [index, encoder] of encoders.entries()) encoder.put(batch.columns[index], start, count, 0);
      loader.append(
        encoders.map((encoder) => encoder.data(count)),
        count,
        0,
      );
    }
  }

  /** As that of the connection. */
  syntax(sql: string): Promise<unknown> {
    return this.connection.syntax(sql);
  }

  /** As those of the connection. */
  unrepeatableFunctions(): Promise<ReadonlySet<string>> {
    return this.connection.unrepeatableFunctions();
  }

  /** As that of the connection. */
  shape(sql: string): Promise<QueryShape> {
    return this.connection.shape(sql);
  }

  /**
   * Runs a query of one statement, whose first column holds numbers, on what was taken; nothing more can be taken then.
   * @throws what DuckDB says of it
   */
  async ask(sql: string): Promise<QueryAnswer> {
    this.#fill();
    const prepared = await this.connection.prepare(sql);
    try {
      // By small steps of this thread: it can be ended between any two of them, and not while the library works beside it.
      const pending = duckdb.pending_prepared(prepared);
      let turnEndsMs = performance.now() + TURN_MS;
      for (;;) {
        const state = duckdb.pending_execute_task(pending);
        if (state === duckdb.PendingState.ERROR) throw new Error(duckdb.pending_error(pending));
        if (duckdb.pending_execution_is_finished(state)) break;
        if (performance.now() < turnEndsMs) continue;
        await setImmediate();
        turnEndsMs = performance.now() + TURN_MS;
      }
      const result = await this.around(() => duckdb.execute_pending(pending));
      const chunks = Array.from({ length: duckdb.result_chunk_count(result) }, (_, at) => duckdb.result_get_chunk(result, at));
      const rows = chunks.reduce((sum, chunk) => sum + duckdb.data_chunk_get_size(chunk), 0);
      if (rows === 0) return { rows, value: null };
      const vector = duckdb.data_chunk_get_vector(chunks[0], 0);
      return { rows, value: numberCell(vector, duckdb.column_logical_type(result, 0), 0) };
    } finally {
      duckdb.destroy_prepare_sync(prepared);
    }
  }

  close(): void {
    if (!this.#isFilled) for (const { loader } of this.#loaded.values()) loader.abandon();
    this.connection.close();
  }

  #loadedTable(table: ResultTableName): LoadedTable {
    const known = this.#loaded.get(table);
    if (known !== undefined) return known;
    const declaration = RESULT_TABLES[table];
    const loader = new TableLoader(this.connection.native, declaration, false);
    const made = { loader, encoders: tableEncoders(declaration, arrowSchema(declaration), VECTOR_ROWS) };
    this.#loaded.set(table, made);
    return made;
  }

  #fill(): void {
    if (this.#isFilled) return;
    this.#isFilled = true;
    for (const { loader } of this.#loaded.values()) loader.close();
  }
}

/** The statements that make tables without rows, and the views over them. */
export function emptyTables(tables: readonly ResultTableName[]): readonly string[] {
  return [...tables.flatMap((table) => tableStatements(RESULT_TABLES[table])), ...viewStatements(tables)];
}
