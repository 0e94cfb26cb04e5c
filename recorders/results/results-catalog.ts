import { RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import { decimalColumns } from "./decimal-columns.js";
import { quoteName } from "./duckdb-schema.js";
import type { LockedConnection } from "./locked-connection.js";
import { ADDED_COLUMNS } from "./result-views.js";

/** A column of a table or view that can be asked. */
export interface CatalogColumn {
  readonly name: string;
  /** As SQL calls it. */
  readonly type: string;
  /** With its unit; empty where nothing is known of it. */
  readonly meaning: string;
}

/** A table or view that can be asked. */
export interface CatalogEntry {
  readonly name: string;
  readonly kind: "table" | "view";
  readonly rows: number;
  readonly meaning: string;
  readonly columns: readonly CatalogColumn[];
}

const RUNS_MEANING = "What the other tables are the results of: one row a run.";

/** All tables and views that are not DuckDB's own, by name. */
export async function readCatalog(connection: LockedConnection): Promise<readonly CatalogEntry[]> {
  const columns = new Map<string, [string, string, string][]>();
  const described = "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns()";
  for (const row of await connection.texts(
    `${described} WHERE NOT internal AND NOT starts_with(table_name, 'tenure_answer_') ORDER BY table_name, column_index`,
  )) {
    const [table, ...column] = row.map(String);
    const known = columns.get(table) ?? [];
    columns.set(table, [...known, column as [string, string, string]]);
  }
  const tables = await connection.texts(
    "SELECT table_name, coalesce(comment, '') FROM duckdb_tables() WHERE NOT internal AND NOT temporary",
  );
  const meanings = new Map(tables.map(([name, meaning]) => [String(name), String(meaning)]));
  const entries: CatalogEntry[] = [];
  const rows = new Map<string, number>();
  for (const name of columns.keys()) if (!isViewOfRows(name, meanings)) rows.set(name, await countRows(connection, name));
  for (const [name, own] of columns) {
    const kind = meanings.has(name) ? "table" : "view";
    entries.push({
      name,
      kind,
      rows: rows.get(name) ?? rows.get(tableOf(name)) ?? 0,
      meaning: meanings.get(name) || (name === "runs" ? RUNS_MEANING : kind === "view" ? viewMeaning(name) : ""),
      columns: own.map(([column, type, meaning]) => ({
        name: column,
        type,
        meaning: meaning || meaningInView(name, column, type, columns),
      })),
    });
  }
  return entries;
}

/** Is it a view with as many rows as its table? */
const isViewOfRows = (name: string, tables: ReadonlyMap<string, string>) => !tables.has(name) && tables.has(name.replace(/_view$/, ""));

async function countRows(connection: LockedConnection, name: string): Promise<number> {
  const [[rows]] = await connection.texts(`SELECT count(*)::VARCHAR FROM ${quoteName(name)}`);
  return Number(rows);
}

function viewMeaning(view: string): string {
  if (view === "miners")
    return "One row a miner: its position, what it was paid as a miner, and its holding metrics and multiplier at the last recorded epoch.";
  return `${tableOf(view)} with the names behind its numbers, and amounts as decimals.`;
}

const tableOf = (view: string) => (view === "miners" ? "positions" : view.replace(/_view$/, ""));

type Columns = ReadonlyMap<string, readonly (readonly [name: string, type: string, meaning: string])[]>;

/** A view's column has the meaning of that of its table, or of what it was made of. */
function meaningInView(view: string, column: string, type: string, columns: Columns): string {
  const table = tableOf(view);
  const own = columns.get(table)?.find(([name, ownType]) => name === column && ownType === type);
  if (own !== undefined && own[2] !== "") return own[2];
  const declaration = Object.hasOwn(RESULT_TABLES, table) ? RESULT_TABLES[table as ResultTableName] : undefined;
  const decimal = declaration === undefined ? undefined : decimalColumns(declaration).find(({ name }) => name === column);
  if (decimal !== undefined) return `${decimal.from} / 10^9, exact${decimal.token === null ? "" : ` [${decimal.token}]`}`;
  return ADDED_COLUMNS[column] ?? "";
}
