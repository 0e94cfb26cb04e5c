import type { ColumnArray, ColumnBatch, ColumnDeclaration, TableDeclaration } from "../../engine/index.js";
import { readArrowTable } from "./arrow-table-reader.js";

/** The first place where two runs of one scenario disagree. */
export interface TableDifference {
  readonly table: string;
  /** From 1; null when only the set of tables or the bytes around the rows differ. */
  readonly row: number | null;
  /** Name of the column; null when a whole row is missing on one side. */
  readonly column: string | null;
  /** The value of the first file; null when it has no such row. */
  readonly recorded: number | string | boolean | null;
  /** The value of the second file; null when it has no such row. */
  readonly rerun: number | string | boolean | null;
}

function shown(column: ColumnDeclaration, values: ColumnArray, row: number): number | string | boolean {
  const value = values[row];
  if (column.type === "choice") return column.values?.[value as number] ?? value;
  if (column.type === "flag") return value !== 0;
  return value;
}

/** Walks one file's rows, a batch in memory. */
class Cursor {
  readonly #batches: AsyncGenerator<ColumnBatch>;
  batch: ColumnBatch | null = null;
  row = 0;

  constructor(path: string, declaration: TableDeclaration) {
    this.#batches = readArrowTable(path, declaration);
  }

  /** Makes sure that a row is there; false at the end. */
  async fill(): Promise<boolean> {
    while (this.batch === null || this.row >= this.batch.rows) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      this.batch = next.value;
      this.row = 0;
    }
    return true;
  }

  get left(): number {
    return this.batch === null ? 0 : this.batch.rows - this.row;
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }
}

/** The first row in which two files of one table differ; null when their rows agree. */
export async function firstDifference(
  declaration: TableDeclaration,
  recordedPath: string,
  rerunPath: string,
): Promise<TableDifference | null> {
  const table = declaration.name;
  const recorded = new Cursor(recordedPath, declaration);
  const rerun = new Cursor(rerunPath, declaration);
  let row = 0;
  try {
    for (;;) {
      const [hasRecorded, hasRerun] = [await recorded.fill(), await rerun.fill()];
      if (!hasRecorded && !hasRerun) return null;
      if (!hasRecorded || !hasRerun) {
        return { table, row: row + 1, column: null, recorded: hasRecorded ? "a row" : null, rerun: hasRerun ? "a row" : null };
      }
      const count = Math.min(recorded.left, rerun.left);
      const found = differenceWithin(declaration, recorded, rerun, count);
      if (found !== null) return { table, ...found, row: row + found.row + 1 };
      recorded.row += count;
      rerun.row += count;
      row += count;
    }
  } finally {
    await recorded.close();
    await rerun.close();
  }
}

function differenceWithin(declaration: TableDeclaration, recorded: Cursor, rerun: Cursor, count: number) {
  const left = recorded.batch as ColumnBatch;
  const right = rerun.batch as ColumnBatch;
  let first: { row: number; index: number } | null = null;
  for (let index = 0; index < declaration.columns.length; index++) {
    const [a, b] = [left.columns[index], right.columns[index]];
    const end: number = first === null ? count : first.row;
    for (let row = 0; row < end; row++) {
      if (Object.is(a[recorded.row + row], b[rerun.row + row])) continue;
      first = { row, index };
      break;
    }
  }
  if (first === null) return null;
  const column = declaration.columns[first.index];
  return {
    row: first.row,
    column: column.name,
    recorded: shown(column, left.columns[first.index], recorded.row + first.row),
    rerun: shown(column, right.columns[first.index], rerun.row + first.row),
  };
}
