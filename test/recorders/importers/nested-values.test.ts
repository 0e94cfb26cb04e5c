import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

async function json(hotkey: string, more = "") {
  const text = `{"time_ms":1,"netuid":1,"hotkey":"h","coldkey":"c","balance_rao":5000000}\n{"time_ms":2,"netuid":1,"hotkey":${hotkey},"coldkey":"c","balance_rao":5000000${more}}\n`;
  return importedTable(await written(await temporaryFolder(), "t.jsonl", text), "balances");
}

async function parquet(hotkey: string) {
  const file = join(await temporaryFolder(), "t.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT 1 AS time_ms, 1 AS netuid, ${hotkey} AS hotkey, 'c' AS coldkey, 5000000 AS balance_rao) TO '${file}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return importedTable(file, "balances");
}

describe("one value is wanted, with made-up addresses too:", () => {
  it.each([
    ['["h"]', "TEN-IMPORT-013", "Write what is meant as a field of its own."],
    ["[]", "TEN-IMPORT-013", "Write what is meant as a field of its own."],
    ['{"ss58":"h"}', "TEN-IMPORT-013", "A field inside it is named with a point: --map 'hotkey=hotkey.ss58'"],
    ["{}", "TEN-IMPORT-013", "A field inside it is named with a point: --map 'hotkey=hotkey.<key>'"],
    ["true", "TEN-IMPORT-006", "Check which field holds the addresses."],
    ["null", "TEN-IMPORT-013", undefined],
  ])("JSON %s is refused with its row", async (hotkey, code, hint) => {
    const refusal = await refusalOf(() => json(hotkey));
    expect(refusal).toMatchObject({ code, place: { path: "row 2, hotkey" }, allowed: expect.any(String) });
    expect(refusal.hint).toBe(hint);
  });

  it("an object in a column that may be missing is not taken for nothing", async () => {
    expect(await refusalOf(() => json('"h"', ',"block":{"number":5}'))).toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "row 2, block" },
      found: { number: "5" },
      hint: "A field inside it is named with a point: --map 'block=block.number'",
    });
  });

  it("a number is its digits", async () => {
    expect((await json("12345678901234567890")).rows.map((row) => row[3])).toEqual(["h", "12345678901234567890"]);
  });

  it.each(["['h']", "{'ss58': 'h'}", "MAP {'a': 'h'}", "true", "[1, 2]::INTEGER[2]"])("Parquet %s is refused", async (hotkey) => {
    expect(await refusalOf(() => parquet(hotkey))).toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "hotkey" },
      allowed: expect.any(String),
      hint: expect.any(String),
    });
  });
});
