import duckdb from "@duckdb/node-bindings";
import { RESULT_TABLES, type TableDeclaration } from "../../engine/index.js";
import { readRecordBatches } from "./arrow-table-reader.js";
import { runsStatements } from "./duckdb-results.js";
import { TableLoader } from "./duckdb-table-loader.js";
import { LockedConnection } from "./locked-connection.js";
import type { OpenRun } from "./open-run.js";
import { type QueryLimits, StuckQuery, watchQuery } from "./query-watch.js";
import { type CatalogEntry, readCatalog } from "./results-catalog.js";
import { emptyTables } from "./run-database.js";
import { TableAnswer } from "./table-answer.js";

export interface TablesOptions {
  /** Absolute path of the one file that answers may be written to. */
  readonly writes?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Results in DuckDB, to be asked and not to be changed. One question at a time. */
export class TablesDatabase {
  #isStuck = false;
  #answers = 0;

  private constructor(
    private readonly connection: LockedConnection,
    /** As queries may call the database that its tables are in. */
    readonly name: string,
  ) {}

  /** On a DuckDB file, which stays as it is. @throws what DuckDB says of it */
  static async openFile(file: string, { writes }: TablesOptions = {}): Promise<TablesDatabase> {
    const connection = await LockedConnection.open({ file, writes });
    try {
      const [[name]] = await connection.texts("SELECT current_database()");
      return new TablesDatabase(connection, String(name));
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /**
   * The tables and views that the DuckDB file of a run has, made in memory of its Arrow files.
   * @throws TenureError `TEN-RESULT-006` damaged, `-002` cannot be read; the reason of the signal
   */
  static async openRun(run: OpenRun, { writes, signal }: TablesOptions = {}): Promise<TablesDatabase> {
    const { scenario, seed, replicate, digest, tool } = run.manifest;
    const runs = runsStatements([{ name: scenario.name, seed, replicate, digest, version: tool.version }]);
    const connection = await LockedConnection.open({ statements: [...runs, ...emptyTables(run.tables)], writes });
    try {
      for (const table of run.tables) {
        await run.checkTable(table, () => signal?.throwIfAborted());
        await fill(connection, RESULT_TABLES[table], run.tablePath(table), signal);
      }
      return new TablesDatabase(connection, "memory");
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** A query ended without an answer, and goes on none the less: the process has to be ended. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Of all tables and views, in their order. */
  async names(): Promise<readonly string[]> {
    const own = "table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary";
    const views = "SELECT view_name FROM duckdb_views() WHERE NOT internal";
    return (await this.connection.texts(`SELECT ${own} UNION ALL ${views} ORDER BY 1`)).map(([name]) => String(name));
  }

  /** Tables and views, each with its columns, in the order of their names. */
  catalog(): Promise<readonly CatalogEntry[]> {
    return readCatalog(this.connection);
  }

  /** A table of the project's own, as texts. */
  texts(sql: string): Promise<(string | null)[][]> {
    return this.connection.texts(sql);
  }

  /** As that of the connection. */
  syntax(sql: string): Promise<unknown> {
    return this.connection.syntax(sql);
  }

  /** As those of the connection. */
  unrepeatableFunctions(): Promise<ReadonlySet<string>> {
    return this.connection.unrepeatableFunctions();
  }

  /**
   * Runs a query of one SELECT.
   * @throws TenureError `TEN-SQL-006` it took too long; the reason of the signal; what DuckDB says of it
   */
  async ask(sql: string, limits: QueryLimits): Promise<TableAnswer> {
    const table = `tenure_answer_${this.#answers++}`;
    try {
      return await watchQuery(
        async () => {
          const { names } = await this.connection.shape(sql);
          // Before the query and not around it: it may end in a comment, or in a semicolon.
          await this.connection.execute(`CREATE TEMP TABLE ${table} AS ${sql}`);
          return await TableAnswer.of(this.connection, table, names);
        },
        () => duckdb.interrupt(this.connection.native),
        limits,
      );
    } catch (error) {
      this.#isStuck = error instanceof StuckQuery;
      throw error;
    }
  }

  close(): void {
    // What a query works on cannot be taken away from it.
    if (!this.#isStuck) this.connection.close();
  }
}

async function fill(connection: LockedConnection, declaration: TableDeclaration, path: string, signal?: AbortSignal): Promise<void> {
  const loader = new TableLoader(connection.native, declaration, false);
  try {
    for await (const batch of readRecordBatches(path, declaration)) {
      signal?.throwIfAborted();
      loader.append(batch.data.children, batch.numRows, 0);
    }
  } catch (error) {
    loader.abandon();
    throw error;
  }
  loader.close();
}
