import { join } from "node:path";
import { allocateColumn, type ColumnBatch, RESULT_TABLES, type ResultTableName, type TableDeclaration } from "../../../engine/index.js";
import { type OpenRun, ResultWriter, readArrowTable, type ShownRow } from "../../../recorders/index.js";

export type TablesOfRows = Readonly<Partial<Record<ResultTableName, readonly ShownRow[]>>>;

/** A batch of a result table from plain rows; columns that a row leaves out are 0 or empty. */
function batchOf(table: ResultTableName, rows: readonly ShownRow[]): ColumnBatch {
  const declaration: TableDeclaration = RESULT_TABLES[table];
  const columns = declaration.columns.map((declared) => {
    const values = allocateColumn(declared.type, rows.length);
    for (const [at, row] of rows.entries()) {
      const given = row[declared.name];
      if (Array.isArray(values)) values[at] = String(given ?? (declared.type === "rao_sum" ? "0" : ""));
      else if (declared.type === "choice") values[at] = given === undefined ? 0 : (declared.values ?? []).indexOf(String(given));
      else values[at] = Number(given ?? 0);
    }
    return values;
  });
  return { declaration, rows: rows.length, columns };
}

/** The tables of a run from plain rows, written as Arrow files into a folder; `summary` is that of its manifest. */
export async function writtenRun(dir: string, tables: TablesOfRows, summary: object = {}): Promise<OpenRun> {
  const names = Object.keys(tables) as ResultTableName[];
  const writer = await ResultWriter.create(dir, names);
  for (const name of names) await writer.append(name, batchOf(name, tables[name] ?? []));
  const written = await writer.close();
  const tablePath = (table: ResultTableName) => join(dir, `${table}.arrow`);
  const manifest = { tables: written.tables, summary } as unknown as OpenRun["manifest"];
  return {
    dir,
    manifest,
    tables: names,
    tablePath,
    checkTable: async () => undefined,
    checkAhead: () => undefined,
    readTable: (table, order) => readArrowTable(tablePath(table), RESULT_TABLES[table], order),
    duckdbPath: null,
  };
}
