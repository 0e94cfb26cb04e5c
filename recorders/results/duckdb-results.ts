import { join } from "node:path";
import duckdb, { type Connection } from "@duckdb/node-bindings";
import { type ColumnDeclaration, RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../engine/index.js";
import { readRecordBatches } from "./arrow-table-reader.js";
import { withDatabase } from "./duckdb-file.js";
import { quoteText, tableStatements } from "./duckdb-schema.js";
import { TableLoader } from "./duckdb-table-loader.js";
import { viewStatements } from "./result-views.js";

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
  /** Tables that it has none of, as it would have no rows. */
  readonly without?: readonly ResultTableName[];
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
 * @param tables that any of them has
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
  for (const statement of runsStatements(runs)) await execute(statement);
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
          loader.append(batch.data.children, batch.numRows, replicate ?? 0);
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
    const filled = runs.filter(({ without = [] }) => !without.includes(table));
    const files = filled.map((run) => ({ path: join(run.tablesDir, `${table}.arrow`), replicate: replicateOf(run) }));
    await loadFiles(RESULT_TABLES[table], files);
  }
  for (const { path, declaration } of shared) await loadFiles(declaration, [{ path, replicate: null }]);
  if (runs.length > 0) for (const statement of viewStatements(tables, ofReplicates)) await execute(statement);
  await execute("COMMIT");
  await execute("CHECKPOINT");
}

/** The statements that make the table `runs`. */
export function runsStatements(runs: readonly RunIdentity[]): readonly string[] {
  const made = "CREATE TABLE runs (name VARCHAR, seed BIGINT, replicate BIGINT, digest VARCHAR, version VARCHAR)";
  const rows = runs.map(({ name, seed, replicate, digest, version }) => {
    const [ownName, ownDigest, ownVersion] = [name, digest, version].map(quoteText);
    return `INSERT INTO runs VALUES (${ownName}, ${seed}, ${replicate}, ${ownDigest}, ${ownVersion})`;
  });
  return [made, ...rows];
}
