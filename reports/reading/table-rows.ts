import type { ResultTableName } from "../../engine/index.js";
import { choiceNames, numberColumn, type TableSource, textColumn } from "./columns.js";

/** A row of a result table by column name: numbers, texts, the words of choices, and flags as booleans. */
export type TableRow = Readonly<Record<string, number | string | boolean>>;

/**
 * The rows of a table in which some columns of numbers have the wanted values, in their order.
 * @param where by column name; left out: all rows
 * @throws TenureError `TEN-RESULT-009` when the run did not record the table
 */
export async function readTableRows<Row extends object = TableRow>(
  run: TableSource,
  table: ResultTableName,
  where: Readonly<Record<string, number>> = {},
): Promise<Row[]> {
  const rows: TableRow[] = [];
  for await (const batch of run.readTable(table)) {
    const conditions = Object.entries(where).map(([name, value]) => ({ values: numberColumn(batch, name), value }));
    const readers = batch.declaration.columns.map(({ name, type }) => ({ name, read: readerOf(batch, name, type) }));
    for (let row = 0; row < batch.rows; row++) {
      if (conditions.some(({ values, value }) => values[row] !== value)) continue;
      rows.push(Object.fromEntries(readers.map(({ name, read }) => [name, read(row)])));
    }
  }
  return rows as unknown as Row[];
}

function readerOf(batch: Parameters<typeof numberColumn>[0], name: string, type: string): (row: number) => number | string | boolean {
  if (type === "text") {
    const texts = textColumn(batch, name);
    return (row) => texts[row];
  }
  const values = numberColumn(batch, name);
  if (type === "flag") return (row) => values[row] === 1;
  if (type !== "choice") return (row) => values[row];
  const words = choiceNames(batch, name);
  return (row) => words[values[row]];
}
