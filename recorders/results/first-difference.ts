import type { ColumnArray, ColumnBatch, ColumnDeclaration, TableDeclaration } from "../../engine/index.js";
import { readArrowTable } from "./arrow-table-reader.js";

/** A value as a table shows it: the word of a choice, a flag as a boolean. */
export type ShownValue = number | string | boolean;

/** A row by the names of its columns. */
export type ShownRow = Readonly<Record<string, ShownValue>>;

/** The first row in which two files of one table differ. */
export interface RowDifference {
  /** From 1. */
  readonly row: number;
  /** Name of the first column that differs; null when a whole row is missing on one side. */
  readonly column: string | null;
  /** The row of the first file; null when it ends before. */
  readonly first: ShownRow | null;
  /** The row of the second file; null when it ends before. */
  readonly second: ShownRow | null;
}

/** The first place where two runs of one scenario disagree. */
export interface TableDifference {
  readonly table: string;
  /** From 1; null when only the set of tables or the bytes around the rows differ. */
  readonly row: number | null;
  /** Name of the column; null when a whole row is missing on one side. */
  readonly column: string | null;
  /** The value of the first file; null when it has no such row. */
  readonly recorded: ShownValue | null;
  /** The value of the second file; null when it has no such row. */
  readonly rerun: ShownValue | null;
}

function shown(column: ColumnDeclaration, values: ColumnArray, row: number): ShownValue {
  const value = values[row];
  if (column.type === "choice") return column.values?.[value as number] ?? value;
  if (column.type === "flag") return value !== 0;
  return value;
}

/** Walks one file's rows, a batch in memory. */
class Cursor {
  readonly #declaration: TableDeclaration;
  readonly #batches: AsyncGenerator<ColumnBatch>;
  batch: ColumnBatch | null = null;
  row = 0;

  constructor(path: string, declaration: TableDeclaration) {
    this.#declaration = declaration;
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

  /** The row `ahead` of the one that is next. */
  shown(ahead: number): ShownRow {
    const { columns } = this.batch as ColumnBatch;
    return Object.fromEntries(
      this.#declaration.columns.map((column, index) => [column.name, shown(column, columns[index], this.row + ahead)]),
    );
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }
}

/**
 * The first row in which two files of one table differ; null when their rows agree. Both are read side by side, a batch of each
 * in memory, no further than to that row.
 * @throws TenureError `TEN-RESULT-002` a file that cannot be read, `-006` a damaged one
 */
export async function firstRowDifference(
  declaration: TableDeclaration,
  firstPath: string,
  secondPath: string,
  signal?: AbortSignal,
): Promise<RowDifference | null> {
  const first = new Cursor(firstPath, declaration);
  const second = new Cursor(secondPath, declaration);
  let row = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const [hasFirst, hasSecond] = [await first.fill(), await second.fill()];
      if (!hasFirst && !hasSecond) return null;
      if (!hasFirst || !hasSecond) {
        return { row: row + 1, column: null, first: hasFirst ? first.shown(0) : null, second: hasSecond ? second.shown(0) : null };
      }
      const count = Math.min(first.left, second.left);
      const found = differenceWithin(declaration, first, second, count);
      if (found !== null) {
        const { ahead, column } = found;
        return { row: row + ahead + 1, column, first: first.shown(ahead), second: second.shown(ahead) };
      }
      first.row += count;
      second.row += count;
      row += count;
    }
  } finally {
    await first.close();
    await second.close();
  }
}

/** The same of a run and its second run, with the one value that differs. */
export async function firstDifference(
  declaration: TableDeclaration,
  recordedPath: string,
  rerunPath: string,
): Promise<TableDifference | null> {
  const found = await firstRowDifference(declaration, recordedPath, rerunPath);
  if (found === null) return null;
  const { row, column, first, second } = found;
  const told = (shownRow: ShownRow | null) => (shownRow === null ? null : column === null ? "a row" : shownRow[column]);
  return { table: declaration.name, row, column, recorded: told(first), rerun: told(second) };
}

function differenceWithin(declaration: TableDeclaration, first: Cursor, second: Cursor, count: number) {
  const left = first.batch as ColumnBatch;
  const right = second.batch as ColumnBatch;
  let found: { ahead: number; index: number } | null = null;
  for (let index = 0; index < declaration.columns.length; index++) {
    const [a, b] = [left.columns[index], right.columns[index]];
    const end: number = found === null ? count : found.ahead;
    for (let row = 0; row < end; row++) {
      if (Object.is(a[first.row + row], b[second.row + row])) continue;
      found = { ahead: row, index };
      break;
    }
  }
  return found === null ? null : { ahead: found.ahead, column: declaration.columns[found.index].name };
}
