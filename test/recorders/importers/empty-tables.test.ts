import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();
const HEAD = "time_ms,netuid,price_tao_per_alpha";
const NO_ROWS = "TEN-IMPORT-015";
const NO_COLUMNS = "TEN-IMPORT-012";
const NOT_OF_FORMAT = "TEN-IMPORT-016";

/** Names of files, what is in them, and the code that says what is wrong. */
const CASES: readonly [readonly string[], string, string][] = [
  [["e.csv", "e.tsv", "e.json", "e.jsonl", "e.ndjson", "e.parquet", "e.arrow"], "", NO_ROWS],
  [["e.csv", "e.json", "e.ndjson"], "\n \r\n\n".replace(" ", ""), NO_ROWS],
  [["e.csv", "e.json", "e.ndjson"], "\ufeff", NO_ROWS],
  [["e.json", "e.ndjson"], " \t\n", NO_ROWS],
  [["e.json", "e.ndjson"], "[]", NO_ROWS],
  [["e.json", "e.ndjson"], "[ \n ]\n", NO_ROWS],
  [["e.csv"], HEAD, NO_ROWS],
  [["e.csv"], `${HEAD}\n`, NO_ROWS],
  [["e.csv"], `\n\n${HEAD}\r\n\r\n`, NO_ROWS],
  [["e.csv"], "a,b\n", NO_COLUMNS],
  [["e.csv"], " \n", NO_COLUMNS],
  [["e.json", "e.ndjson"], "{}", NO_COLUMNS],
  [["e.json"], "[{},{}]", NO_COLUMNS],
  [["e.json", "e.ndjson"], "[", NOT_OF_FORMAT],
  [["e.json"], "[[]]", NOT_OF_FORMAT],
  [["e.json", "e.ndjson"], "null", NOT_OF_FORMAT],
  [["e.parquet", "e.arrow"], "x", NOT_OF_FORMAT],
];
const ONE_BY_ONE = CASES.flatMap(([names, content, code]) => names.map((name) => [name, content, code] as const));

describe("a file without rows is told apart from one without the columns, and from one that is not of its format:", () => {
  it.each(ONE_BY_ONE)("%s with %j is %s", async (name, content, code) => {
    const folder = await temporaryFolder();
    const refusal = await refusalOf(async () => importedTable(await written(folder, name, content), "price"));
    expect(refusal).toMatchObject({ code, hint: expect.any(String) });
    if (code !== NOT_OF_FORMAT) expect(refusal.allowed).toEqual(expect.any(String));
    if (name.endsWith("parquet") || name.endsWith("arrow")) return;
    const packed = await written(folder, `${name}.gz`, gzipSync(content));
    expect((await refusalOf(() => importedTable(packed, "price"))).code).toBe(code);
  });

  it("a Parquet and an Arrow file with columns only", async () => {
    const folder = await temporaryFolder();
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const select = (fields: string) => `SELECT ${fields} FROM range(0) t(i)`;
    for (const [name, fields, code] of [
      ["a.parquet", "i AS time_ms, i AS netuid, 1.0 AS price_tao_per_alpha", NO_ROWS],
      ["b.parquet", "i AS other", NO_COLUMNS],
    ] as const) {
      await connection.run(`COPY (${select(fields)}) TO '${join(folder, name)}' (FORMAT parquet)`);
      expect((await refusalOf(() => importedTable(join(folder, name), "price"))).code).toBe(code);
    }
    connection.closeSync();
    instance.closeSync();
    const table = tableFromArrays({
      time_ms: new Float64Array(0),
      netuid: new Int32Array(0),
      price_tao_per_alpha: new Float64Array(0),
    });
    for (const format of ["file", "stream"] as const) {
      const arrow = await written(folder, `${format}.arrow`, tableToIPC(table, format));
      expect((await refusalOf(() => importedTable(arrow, "price"))).code).toBe(NO_ROWS);
    }
  });
});
