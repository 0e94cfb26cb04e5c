import type { ResultTableName } from "../../engine/index.js";
import type { DuckdbOptions, LoadedRun, SharedTable } from "./duckdb-results.js";

/** As `writeReplicatesDuckdb`, whose library is loaded only here: who makes no DuckDB file does without it. */
export async function loadReplicates(
  path: string,
  tables: readonly ResultTableName[],
  runs: readonly LoadedRun[],
  shared: readonly SharedTable[],
  options: DuckdbOptions = {},
): Promise<void> {
  const { writeReplicatesDuckdb } = await import("./duckdb-results.js");
  await writeReplicatesDuckdb(path, tables, runs, shared, options);
}
