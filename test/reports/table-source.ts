import { allocateColumn, type ColumnBatch, RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../engine/index.js";
import type { TableSource } from "../../reports/reading/columns.js";

type Row = Readonly<Record<string, number | string | boolean>>;

/** A batch of a result table from plain rows; columns that a row leaves out are 0 or empty. */
function batchOf(table: ResultTableName, rows: readonly Row[]): ColumnBatch {
  const declaration: TableDeclaration = RESULT_TABLES[table];
  const columns = declaration.columns.map((declared) => {
    const values = allocateColumn(declared.type, rows.length);
    for (const [at, row] of rows.entries()) {
      const given = row[declared.name];
      if (Array.isArray(values)) values[at] = String(given ?? "");
      else if (declared.type === "choice") values[at] = given === undefined ? 0 : (declared.values ?? []).indexOf(String(given));
      else values[at] = Number(given ?? 0);
    }
    return values;
  });
  return { declaration, rows: rows.length, columns };
}

/** Result tables from plain rows, each in batches of two rows. */
export function tableSource(tables: Readonly<Partial<Record<ResultTableName, readonly Row[]>>>): TableSource {
  return {
    tables: Object.keys(tables) as ResultTableName[],
    async *readTable(table, order = "oldest_first") {
      const rows = tables[table] ?? [];
      const batches = Array.from({ length: Math.ceil(rows.length / 2) }, (_, i) => rows.slice(2 * i, 2 * i + 2));
      for (const batch of order === "newest_first" ? batches.reverse() : batches) yield batchOf(table, batch);
    },
  };
}
