import { InvariantError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { MAX_RAO } from "../kernel/money.js";
import { TIME_LIMIT_MS } from "../kernel/time.js";
import type { ColumnArray, ColumnBatch, ColumnDeclaration, TableDeclaration } from "./column.js";

/** The largest whole double that 64 bits hold, 2^63 - 2^10; above 2^53 a sum is rounded to a double. */
export const LARGEST_SUM_RAO = MAX_RAO * 1_024;
const LARGEST_INT = 2_147_483_647;
const LARGEST_REAL = Number.MAX_VALUE;
/** Whole amounts as text, below 2^127 in size. */
const WHOLE_TEXT = /^-?\d{1,38}$/;

/** Between which values those of a column lie, both included. */
export interface ColumnRange {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** The range of a column of numbers or codes: as it declares, else what its type can mean. Null for text. */
export function rangeOf({ type, values, atLeast, atMost, missing }: ColumnDeclaration): ColumnRange | null {
  const range = (least: number, most: number, whole: boolean) => ({ least: atLeast ?? least, most: atMost ?? most, whole });
  switch (type) {
    case "time":
      return range(0, TIME_LIMIT_MS - 1, true);
    case "rao":
      return range(0, MAX_RAO, true);
    case "real":
      return range(-LARGEST_REAL, LARGEST_REAL, false);
    case "int":
      return range(missing === -1 ? -1 : 0, LARGEST_INT, true);
    case "address":
    case "name":
      return range(-1, LARGEST_INT, true);
    case "choice":
      return range(0, (values?.length ?? 0) - 1, true);
    case "flag":
      return range(0, 1, true);
    case "text":
    case "rao_sum":
      return null;
  }
}

/** What a column may hold, in words: `whole, 0 to 9007199254740991`. */
export function rangeInWords(column: ColumnDeclaration): string {
  const range = rangeOf(column);
  if (range === null) return column.type === "text" ? "text" : "a whole amount as text, below 2^127 in size";
  const { least, most, whole } = range;
  const bounded = least !== -LARGEST_REAL || most !== LARGEST_REAL;
  const low = least === -LARGEST_REAL ? `at most ${most}` : most === LARGEST_REAL ? `at least ${least}` : `${least} to ${most}`;
  return `${whole ? "whole" : "finite"}${bounded ? `, ${low}` : ""}`;
}

/**
 * Checks every value of a batch on its way out: finite, whole where it is to be, and inside the range of its column.
 *
 * @param firstRow row of the table that the batch begins with, from 0
 * @throws InvariantError naming table, column and row (from 1)
 */
export function checkBatch({ declaration, rows, columns }: ColumnBatch, firstRow: number): void {
  declaration.columns.forEach((column, index) => {
    const row = firstOutside(column, columns[index], rows);
    if (row !== -1) throw outside(declaration, column, firstRow + row, columns[index][row]);
  });
}

/** What does not fit into a column. */
export function outside({ name }: TableDeclaration, column: ColumnDeclaration, row: number, found: unknown): InvariantError {
  const word = column.type === "choice" && typeof found !== "number";
  const allowed = word ? `one of ${(column.values ?? []).join(", ")}` : rangeInWords(column);
  return new InvariantError(`table ${name}, column ${column.name}, row ${row + 1}: ${String(found)} is not ${allowed}`);
}

/** The first row whose value is outside; -1: none. */
function firstOutside(column: ColumnDeclaration, values: ColumnArray, rows: number): number {
  const range = rangeOf(column);
  if (range === null) {
    const texts = values as readonly string[];
    for (let row = 0; row < rows; row++) {
      const text = texts[row];
      if (typeof text !== "string" || (column.type === "rao_sum" && !WHOLE_TEXT.test(text))) return row;
    }
    return -1;
  }
  if (values instanceof Float64Array) return range.whole ? firstUnwhole(values, rows, range) : firstBeyond(values, rows, range);
  if (values instanceof Int32Array) return firstIntBeyond(values, rows, range);
  return firstCodeBeyond(values as Uint8Array, rows, range);
}

// One loop for each kind of array, so that each stays a loop over one kind of number.

function firstUnwhole(values: Float64Array, rows: number, { least, most }: ColumnRange): number {
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    if (!(value >= least && value <= most && floor(value) === value)) return row;
  }
  return -1;
}

function firstBeyond(values: Float64Array, rows: number, { least, most }: ColumnRange): number {
  for (let row = 0; row < rows; row++) if (!(values[row] >= least && values[row] <= most)) return row;
  return -1;
}

function firstIntBeyond(values: Int32Array, rows: number, { least, most }: ColumnRange): number {
  for (let row = 0; row < rows; row++) if (values[row] < least || values[row] > most) return row;
  return -1;
}

function firstCodeBeyond(values: Uint8Array, rows: number, { most }: ColumnRange): number {
  for (let row = 0; row < rows; row++) if (values[row] > most) return row;
  return -1;
}
