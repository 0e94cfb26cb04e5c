import { stat } from "node:fs/promises";
import { InvariantError, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import { differsInValuesOnly } from "../results/damaged-frame.js";
import { firstDifference, type TableDifference } from "../results/first-difference.js";
import type { OpenRun } from "../results/open-run.js";

/**
 * The first table, in the order of their declarations, that differs, and its first row that does.
 * @param changed tables whose files are not those that the manifest describes
 */
export async function findDifference(recorded: OpenRun, rerun: OpenRun, changed: ReadonlySet<ResultTableName>): Promise<TableDifference> {
  const names = Object.keys(RESULT_TABLES) as ResultTableName[];
  for (const table of names) {
    const before = recorded.manifest.tables[table];
    const after = rerun.manifest.tables[table];
    if (before?.sha256 === after?.sha256 && !changed.has(table)) continue;
    const whole: TableDifference = {
      table,
      row: null,
      column: null,
      recorded: before === undefined ? null : `${before.rows} rows`,
      rerun: after === undefined ? null : `${after.rows} rows`,
    };
    if (before === undefined || after === undefined) return whole;
    if (changed.has(table)) {
      // A file that was changed may be anything; only where the second run gives what was there can it be told where.
      const paths = [recorded.tablePath(table), rerun.tablePath(table)] as const;
      const isReadable = before.sha256 === after.sha256 && (await differsInValuesOnly(...paths).catch(() => false));
      if (!isReadable) return { ...whole, recorded: await wordsOfFile(paths[0], before.bytes) };
    }
    try {
      return (await firstDifference(RESULT_TABLES[table], recorded.tablePath(table), rerun.tablePath(table))) ?? bytesOnly(whole);
    } catch (error) {
      // A file that was changed may be anything.
      if (!changed.has(table) || error instanceof InvariantError) throw error;
      return { ...whole, recorded: await wordsOfFile(recorded.tablePath(table), before.bytes) };
    }
  }
  throw new InvariantError("the digests of two runs differ, but none of their tables does");
}

/** What a file is of which nothing is read: damaged, or a table of another run. */
async function wordsOfFile(path: string, writtenBytes: number): Promise<string> {
  const entry = await stat(path).catch(() => null);
  if (entry === null || !entry.isFile()) return "a file that is missing";
  const isSameSize = entry.size === writtenBytes;
  return isSameSize
    ? "a file of the size that was written, with other bytes"
    : `a file of ${entry.size} bytes; ${writtenBytes} were written`;
}

/** Rows that agree in a file that does not: something around them was changed. */
function bytesOnly(whole: TableDifference): TableDifference {
  return { ...whole, recorded: `${whole.recorded}, the same ones in other bytes` };
}
