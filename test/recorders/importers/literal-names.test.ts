import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

/** Names that are a pattern, a partition, an address or a home to some reader, each beside what it would match. */
const NAMES = [
  "export[1]",
  "export1",
  "a*b",
  "axb",
  "a?b",
  "[a-z]",
  "q",
  "[!a]",
  "**",
  "a]b",
  "a[b",
  "it's",
  'say "x"',
  "a b",
  "a,b",
  "{a,b}",
  "%41",
  "day[1]/t",
  "day1/t",
  "e*/t",
  "ex/t",
  "netuid=99/t",
  "price_tao_per_alpha=7/t",
  "~",
  "s3:/bucket/t",
  "back\\slash",
];

async function parquet(file: string, price: number): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT 1::BIGINT AS time_ms, 64 AS netuid, ${price}::DOUBLE AS price_tao_per_alpha) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

describe("the file that is named is the file that is read", () => {
  it.each([
    ["csv", (price: number) => `time_ms,netuid,price_tao_per_alpha\n1,64,${price}\n`],
    ["json", (price: number) => JSON.stringify([{ time_ms: 1, netuid: 64, price_tao_per_alpha: price }])],
  ] as const)("as %s", async (end, content) => {
    const folder = await temporaryFolder();
    const files = NAMES.map((name) => join(folder, `${name}.${end}`));
    for (const [index, file] of files.entries()) {
      await mkdir(dirname(file), { recursive: true });
      await written(folder, `${NAMES[index]}.${end}`, content(index + 1));
    }
    for (const [index, file] of files.entries()) {
      const { rows } = await importedTable(file, "price", { out: join(folder, "out") });
      expect([NAMES[index], rows]).toEqual([NAMES[index], [[1, -1, 64, index + 1]]]);
    }
  });

  it("as Parquet", async () => {
    const folder = await temporaryFolder();
    const names = NAMES.filter((name) => name !== 'say "x"');
    // DuckDB, which writes the files here, takes names as they are.
    for (const [index, name] of names.entries()) {
      const file = join(folder, `${name}.parquet`);
      await mkdir(dirname(file), { recursive: true });
      await parquet(file, index + 1);
    }
    for (const [index, name] of names.entries()) {
      const { rows } = await importedTable(join(folder, `${name}.parquet`), "price", { out: join(folder, "out") });
      expect([name, rows]).toEqual([name, [[1, -1, 64, index + 1]]]);
    }
    await mkdir(join(folder, "a\\b"));
    await parquet(join(folder, "a\\b", "x.parquet"), 1);
    const odd = await written(folder, "a\\b[1].parquet", "");
    expect((await refusalOf(() => importedTable(odd, "price"))).code).toBe("TEN-IMPORT-015");
    await written(folder, "a\\b[1].parquet", "PAR1");
    expect((await refusalOf(() => importedTable(odd, "price"))).code).toBe("TEN-IMPORT-029");
  });
});
