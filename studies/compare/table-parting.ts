import { RESULT_TABLE_NAMES, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import { firstRowDifference, type OpenRun, type RowDifference } from "../../recorders/index.js";

/** A table that both runs recorded and that is not the same in both. */
export interface TableParting {
  readonly table: ResultTableName;
  /** Rows in a and in b. */
  readonly rows: readonly [number, number];
  /** Null: the same rows, in other bytes. */
  readonly difference: RowDifference | null;
}

/** What of the tables of two runs differs. */
export interface TablePartings {
  /** In the order of their declarations; empty where all that both recorded is the same. */
  readonly parted: readonly TableParting[];
  /** Recorded by one of the runs alone. */
  readonly only: { readonly a: readonly ResultTableName[]; readonly b: readonly ResultTableName[] };
}

/**
 * Where the tables of two runs part. Every file is checked against the manifest of its run; those whose bytes differ are read
 * side by side, each no further than to its first difference.
 * @throws TenureError `TEN-RESULT-006` a table that is not as the run wrote it
 */
export async function tablePartings(a: OpenRun, b: OpenRun, signal?: AbortSignal): Promise<TablePartings> {
  const parted: TableParting[] = [];
  for (const run of [a, b]) {
    for (const table of run.tables) await run.checkTable(table, () => signal?.throwIfAborted());
  }
  for (const table of RESULT_TABLE_NAMES) {
    const [inA, inB] = [a.manifest.tables[table], b.manifest.tables[table]];
    if (inA === undefined || inB === undefined || inA.sha256 === inB.sha256) continue;
    const difference = await firstRowDifference(RESULT_TABLES[table], a.tablePath(table), b.tablePath(table), signal);
    parted.push({ table, rows: [inA.rows, inB.rows], difference });
  }
  const without = (one: OpenRun, other: OpenRun) => one.tables.filter((table) => !other.tables.includes(table));
  return { parted, only: { a: without(a, b), b: without(b, a) } };
}
