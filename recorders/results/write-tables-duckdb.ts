import type { PlainOptions, PlainTable } from "./plain-table.js";

/** As `writePlainDuckdb`, whose library is loaded only here. */
export async function writeTablesDuckdb(path: string, tables: readonly PlainTable[], options: PlainOptions = {}): Promise<void> {
  const { writePlainDuckdb } = await import("./plain-duckdb.js");
  await writePlainDuckdb(path, tables, options);
}
