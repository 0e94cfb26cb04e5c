import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

/** A Parquet file of prices with what writers put between data and footer: row groups, bloom filters, dictionaries. */
async function parquet(file: string, rows: number, options = "", extra = ""): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const columns = `range + 200000000000 AS time_ms, range % 3 AS netuid, 0.5 + range AS price_tao_per_alpha${extra}`;
    await connection.run(`COPY (SELECT ${columns} FROM range(${rows})) TO '${file}' (FORMAT parquet${options})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return file;
}

const arrow = (rows: number, format: "file" | "stream") =>
  tableToIPC(
    tableFromArrays({
      time_ms: Float64Array.from({ length: rows }, (_, at) => 200_000_000_000 + at),
      netuid: Int32Array.from({ length: rows }, () => 1),
      price_tao_per_alpha: Float64Array.from({ length: rows }, () => 0.5),
    }),
    format,
  );

describe("a Parquet file", () => {
  it.each([
    ["", ""],
    [", compression zstd, row_group_size 2048", ""],
    [", compression uncompressed", ", 'name ' || (range % 50) AS name"],
    [", row_group_size 2048, parquet_version v2", ", 'PAR1PAR1' AS name"],
  ])("is taken whole, and refused behind itself or a longer one (%s%s)", async (options, extra) => {
    const folder = await temporaryFolder();
    const file = await parquet(join(folder, "a.parquet"), 10_000, options, extra);
    expect((await importedTable(file, "price")).rows).toHaveLength(10_000);
    const alone = await readFile(file);
    const longer = await readFile(await parquet(join(folder, "b.parquet"), 20_000, options, extra));
    for (const [name, bytes, end] of [
      ["twice", [alone, alone], alone.length],
      ["three", [alone, alone, alone], 2 * alone.length],
      ["longer", [longer, alone], longer.length],
    ] as const) {
      expect(
        await refusalOf(async () => importedTable(await written(folder, `${name}.parquet`, Buffer.concat(bytes)), "price")),
      ).toMatchObject({
        code: "TEN-IMPORT-016",
        found: expect.stringMatching(`^several Parquet files one behind the other, the last one from byte ${end} on;`),
        hint: expect.stringMatching(/^Import each of them, or join their rows/),
      });
    }
  });

  it("is not refused for what its own values hold", async () => {
    const folder = await temporaryFolder();
    const inner = await readFile(await parquet(join(folder, "inner.parquet"), 10));
    const hex = Buffer.concat([inner, inner]).toString("hex");
    const text = `unhex('${hex}') AS kept, 'PAR1PAR1' || range AS name`;
    const file = await parquet(join(folder, "outer.parquet"), 500, ", compression uncompressed", `, ${text}`);
    expect((await readFile(file)).includes("PAR1PAR1")).toBe(true);
    expect((await importedTable(file, "price")).rows).toHaveLength(500);
  });
});

describe("an Arrow file", () => {
  it("is refused behind itself or a longer one", async () => {
    const folder = await temporaryFolder();
    const [alone, longer] = [arrow(100, "file"), arrow(200, "file")];
    expect((await importedTable(await written(folder, "one.arrow", alone), "price")).rows).toHaveLength(100);
    for (const [name, bytes] of [
      ["twice", [alone, alone]],
      ["three", [alone, alone, alone]],
      ["longer", [longer, alone]],
    ] as const) {
      const file = await written(folder, `${name}.arrow`, Buffer.concat(bytes));
      expect(await refusalOf(() => importedTable(file, "price"))).toMatchObject({
        code: "TEN-IMPORT-016",
        found: "several Arrow files one behind the other, of which one alone would be read",
      });
    }
  });
});

describe("an Arrow stream without its end mark", () => {
  const END = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
  const WARNING = "The stream ends without its end mark; if it was cut, rows are missing: 100 rows read.";

  it("is taken, with a warning that is kept in the recording", async () => {
    const folder = await temporaryFolder();
    const whole = Buffer.from(arrow(100, "stream"));
    expect(whole.subarray(-8)).toEqual(END);
    const sound = await importedTable(await written(folder, "whole.arrow", whole), "price");
    expect(sound).toMatchObject({ endsUnmarked: false });
    expect(sound.warnings.join()).not.toMatch(/end mark/);
    const cut = await written(folder, "cut.arrow", whole.subarray(0, -8));
    const { rows, warnings, endsUnmarked, manifest } = await importedTable(cut, "price");
    expect(rows).toHaveLength(100);
    expect(endsUnmarked).toBe(true);
    expect(warnings).toContain(WARNING);
    expect(manifest.streams.price?.notes).toContain(WARNING);
    await appendFile(cut, END);
    expect((await importedTable(cut, "price")).endsUnmarked).toBe(false);
  });
});
