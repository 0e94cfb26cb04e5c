import { camelCase, columnsByName, RESULT_TABLES, type ResultTableName, type Row } from "../../engine/index.js";
import type { OpenRun } from "./open-run.js";

/** A row of a result table by name, as code calls its columns: `paidRao` for `paid_rao`. */
export type ResultRow<Name extends ResultTableName> = Row<(typeof RESULT_TABLES)[Name]>;

/**
 * The rows of a table of a run in their order, one batch in memory at a time. Amounts are whole rao, times ms since 1970 UTC, choices
 * words, flags booleans; a sum of rao that may pass 2^53 (`rao_sum`) is a text of digits, for `BigInt`.
 * @throws TenureError `TEN-RESULT-009` the run did not record the table, `-006` it is damaged, `-002` it cannot be read
 */
export async function* readRows<Name extends ResultTableName>(
  run: Pick<OpenRun, "readTable">,
  table: Name,
): AsyncGenerator<ResultRow<Name>> {
  const declaration = RESULT_TABLES[table];
  for await (const { columns, rows } of run.readTable(table)) {
    const byName: Readonly<Record<string, ArrayLike<unknown>>> = columnsByName(declaration, columns);
    const readers = declaration.columns.map((column) => {
      const key = camelCase(column.name);
      const values = byName[key];
      if (column.type === "flag") return [key, (row: number) => values[row] === 1] as const;
      const words = column.type === "choice" && "values" in column ? (column.values as readonly string[]) : null;
      return [key, words === null ? (row: number) => values[row] : (row: number) => words[values[row] as number]] as const;
    });
    for (let row = 0; row < rows; row++) yield Object.fromEntries(readers.map(([key, read]) => [key, read(row)])) as ResultRow<Name>;
  }
}
