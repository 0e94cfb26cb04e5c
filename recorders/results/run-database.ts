import { setImmediate } from "node:timers/promises";
import duckdb, { type Connection, type Database, type PreparedStatement } from "@duckdb/node-bindings";
import { type ColumnBatch, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import type { ColumnEncoder } from "../arrow/column-encoders.js";
import { arrowSchema } from "./arrow-schema.js";
import { isNumberType, numberCell, textCell, typeName } from "./duckdb-cells.js";
import { quoteText, tableStatements } from "./duckdb-schema.js";
import { TableLoader, VECTOR_ROWS } from "./duckdb-table-loader.js";
import type { AroundNative, QueryAnswer, QueryShape } from "./query-answer.js";
import { viewStatements } from "./result-views.js";
import type { ResultSink } from "./result-writer.js";
import { tableEncoders } from "./table-encoders.js";

/** One thread: sums of doubles come out the same on every machine. The bound on memory is the same everywhere for the same reason. */
const OPTIONS: Readonly<Record<string, string>> = {
  threads: "1",
  memory_limit: "2GB",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
};

/** Nothing of the machine can be reached by a query, nor can it change that. */
const LOCKED = ["SET temp_directory = ''", "SET enable_external_access = false", "SET lock_configuration = true"];

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
    private readonly database: Database,
    private readonly connection: Connection,
    private readonly tables: ReadonlySet<ResultTableName>,
    private readonly around: AroundNative,
  ) {}

  /** @param tables that it has, with those that they refer to */
  static async open(tables: readonly ResultTableName[], around: AroundNative = (call) => call()): Promise<RunDatabase> {
    const configuration = duckdb.create_config();
    for (const [name, value] of Object.entries(OPTIONS)) duckdb.set_config(configuration, name, value);
    const database = await around(() => duckdb.open(":memory:", configuration));
    try {
      const connection = await around(() => duckdb.connect(database));
      const opened = new RunDatabase(database, connection, new Set(tables), around);
      const made = [...tables.flatMap((table) => tableStatements(RESULT_TABLES[table])), ...viewStatements(tables)];
      for (const statement of [...made, ...LOCKED]) await around(() => duckdb.query(connection, statement));
      return opened;
    } catch (error) {
      duckdb.close_sync(database);
      throw error;
    }
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

  /** The syntax tree of a query as DuckDB writes it down in JSON: `error`, or `statements`. Anything but SELECT is an error of it. */
  async syntax(sql: string): Promise<unknown> {
    const result = await this.around(() => duckdb.query(this.connection, `SELECT json_serialize_sql(${quoteText(sql)})::VARCHAR`));
    const text = textCell(duckdb.data_chunk_get_vector(duckdb.result_get_chunk(result, 0), 0), 0);
    // Of a number that is too large for a double it writes a word that JSON does not have.
    return JSON.parse(text.replace(/:(-?)(?:Infinity|NaN)\b/g, ":null"));
  }

  /** Functions whose answers are not of their arguments alone: of the time, of chance, of who asks. */
  async unrepeatableFunctions(): Promise<ReadonlySet<string>> {
    const sql = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'";
    const result = await this.around(() => duckdb.query(this.connection, sql));
    const names = new Set<string>();
    for (let at = 0; at < duckdb.result_chunk_count(result); at++) {
      const chunk = duckdb.result_get_chunk(result, at);
      const vector = duckdb.data_chunk_get_vector(chunk, 0);
      for (let row = 0; row < duckdb.data_chunk_get_size(chunk); row++) names.add(textCell(vector, row));
    }
    return names;
  }

  /** What a query of one statement gives. @throws what DuckDB says of it */
  async shape(sql: string): Promise<QueryShape> {
    const prepared = await this.#prepare(sql);
    try {
      const types = Array.from({ length: duckdb.prepared_statement_column_count(prepared) }, (_, column) =>
        duckdb.prepared_statement_column_type(prepared, column),
      );
      return { types: types.map(typeName), numeric: types.map(isNumberType) };
    } finally {
      duckdb.destroy_prepare_sync(prepared);
    }
  }

  /**
   * Runs a query of one statement, whose first column holds numbers, on what was taken; nothing more can be taken then.
   * @throws what DuckDB says of it
   */
  async ask(sql: string): Promise<QueryAnswer> {
    this.#fill();
    const prepared = await this.#prepare(sql);
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
    duckdb.disconnect_sync(this.connection);
    duckdb.close_sync(this.database);
  }

  #loadedTable(table: ResultTableName): LoadedTable {
    const known = this.#loaded.get(table);
    if (known !== undefined) return known;
    const declaration = RESULT_TABLES[table];
    const loader = new TableLoader(this.connection, declaration, false);
    const made = { loader, encoders: tableEncoders(declaration, arrowSchema(declaration), VECTOR_ROWS) };
    this.#loaded.set(table, made);
    return made;
  }

  #fill(): void {
    if (this.#isFilled) return;
    this.#isFilled = true;
    for (const { loader } of this.#loaded.values()) loader.close();
  }

  async #prepare(sql: string): Promise<PreparedStatement> {
    const extracted = await this.around(() => duckdb.extract_statements(this.connection, sql));
    return this.around(() => duckdb.prepare_extracted_statement(this.connection, extracted.extracted_statements, 0));
  }
}
