import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { type ColumnBatch, RESULT_TABLES, type TableDeclaration } from "../../../engine/index.js";
import { readArrowTable } from "../../../recorders/results/arrow-table-reader.js";
import { ArrowTableWriter, ROWS_PER_BATCH, type TableFile } from "../../../recorders/results/arrow-table-writer.js";
import { makeBatch, SAMPLE_TABLE, useFolders } from "./sample-batches.js";

const folder = useFolders();

async function write(path: string, declaration: TableDeclaration, rows: number, batchRows: number): Promise<TableFile> {
  const writer = await ArrowTableWriter.create(path, declaration);
  for (let from = 0; from < rows; from += batchRows)
    await writer.append(makeBatch(declaration, from, Math.min(batchRows, rows - from), batchRows));
  return writer.close();
}

async function readAll(path: string, declaration: TableDeclaration): Promise<ColumnBatch[]> {
  const batches: ColumnBatch[] = [];
  for await (const batch of readArrowTable(path, declaration)) batches.push(batch);
  return batches;
}

describe("Arrow result tables", () => {
  it("reads back every column type as it was", async () => {
    const path = join(await folder(), "sample.arrow");
    const rows = 1001;
    const edges = makeBatch(SAMPLE_TABLE, 0, 3);
    (edges.columns[0] as Float64Array)[0] = 0;
    (edges.columns[1] as Float64Array).set([0, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]);
    (edges.columns[2] as Float64Array).set([-0, Number.MIN_VALUE, 1 / 3]);
    (edges.columns[3] as Int32Array).set([-1, 2_147_483_647, -2_147_483_648]);
    (edges.columns[6] as string[]).splice(0, 3, "", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "x".repeat(10_000));
    const rest = makeBatch(SAMPLE_TABLE, 3, rows - 3);
    const writer = await ArrowTableWriter.create(path, SAMPLE_TABLE);
    await writer.append(edges);
    await writer.append(rest);
    const file = await writer.close();
    expect(file.rows).toBe(rows);

    const [batch, ...more] = await readAll(path, SAMPLE_TABLE);
    expect(more).toEqual([]);
    expect(batch.rows).toBe(rows);
    SAMPLE_TABLE.columns.forEach((_, index) => {
      expect([...batch.columns[index]]).toEqual([...edges.columns[index], ...rest.columns[index]]);
    });
  });

  it("is a standard Arrow file with types, units and dictionary values", async () => {
    const path = join(await folder(), "sample.arrow");
    await write(path, SAMPLE_TABLE, 10, 4);
    const table = tableFromIPC(await readFile(path));
    expect(table.numRows).toBe(10);
    expect(table.schema.fields.map((field) => `${field.name} ${field.type}`)).toEqual([
      "time_ms Timestamp<MILLISECOND>",
      "amount_rao Int64",
      "share Float64",
      "count Int32",
      "reason Dictionary<Uint8, Utf8>",
      "emptied Bool",
      "note Utf8",
      "total_rao Utf8",
    ]);
    expect(table.schema.fields[1].metadata.get("unit")).toBe("rao");
    const expected = makeBatch(SAMPLE_TABLE, 0, 10);
    const row = table.get(7);
    expect(row?.amount_rao).toBe(BigInt(expected.columns[1][7]));
    expect(row?.reason).toBe(SAMPLE_TABLE.columns[4].values?.[expected.columns[4][7] as number]);
    expect(row?.emptied).toBe(expected.columns[5][7] === 1);
    expect(row?.note).toBe(expected.columns[6][7]);
  });

  it("writes the same bytes whatever the batches and whatever was written before", async () => {
    const dir = await folder();
    const rows = ROWS_PER_BATCH + 777;
    const first = await write(join(dir, "a.arrow"), SAMPLE_TABLE, rows, 5000);
    await write(join(dir, "between.arrow"), RESULT_TABLES.exits, 10, 10);
    const second = await write(join(dir, "b.arrow"), SAMPLE_TABLE, rows, rows);
    expect(second).toEqual(first);
    const bytes = await readFile(join(dir, "a.arrow"));
    expect(bytes.equals(await readFile(join(dir, "b.arrow")))).toBe(true);
    expect(first.bytes).toBe(bytes.length);
    expect(first.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("fixes the bytes: this hash changes only with the format", async () => {
    const path = join(await folder(), "sample.arrow");
    const file = await write(path, SAMPLE_TABLE, 100, 100);
    expect(file.sha256).toBe("be6df81d8691b9edac0b700c54a07f9b073ef94dbc1bd84ad78e02149142687b");
  });

  it("splits at the batch size and keeps every row", async () => {
    const path = join(await folder(), "exits.arrow");
    await write(path, RESULT_TABLES.exits, ROWS_PER_BATCH * 2, 20_000);
    const batches = await readAll(path, RESULT_TABLES.exits);
    expect(batches.map((batch) => batch.rows)).toEqual([ROWS_PER_BATCH, ROWS_PER_BATCH]);
    const expected = makeBatch(RESULT_TABLES.exits, ROWS_PER_BATCH, ROWS_PER_BATCH);
    expect(batches[1].columns[3]).toEqual(expected.columns[3]);
    expect(batches[1].columns[5]).toEqual(expected.columns[5]);
  });

  it.each(Object.values(RESULT_TABLES))("writes $name without rows as a valid file with its schema", async (declaration) => {
    const path = join(await folder(), "empty.arrow");
    const file = await write(path, declaration, 0, 1);
    expect(file.rows).toBe(0);
    const table = tableFromIPC(await readFile(path));
    expect(table.numRows).toBe(0);
    expect(table.schema.names).toEqual(declaration.columns.map((column) => column.name));
    expect(await readAll(path, declaration)).toEqual([]);
  });

  it("refuses a truncated file by its name", async () => {
    const path = join(await folder(), "exits.arrow");
    const file = await write(path, RESULT_TABLES.exits, 5000, 5000);
    await truncate(path, file.bytes - 1000);
    await expect(readAll(path, RESULT_TABLES.exits)).rejects.toMatchObject({ code: "TEN-RESULT-006", place: { file: path } });
  });

  it("refuses a file of another table", async () => {
    const path = join(await folder(), "exits.arrow");
    await write(path, RESULT_TABLES.exits, 5, 5);
    await expect(readAll(path, RESULT_TABLES.holdings)).rejects.toMatchObject({ code: "TEN-RESULT-006" });
  });

  it.skipIf(!existsSync("/dev/full"))("says that the disk is full", async () => {
    const writer = await ArrowTableWriter.create("/dev/full", RESULT_TABLES.exits);
    await writer.append(makeBatch(RESULT_TABLES.exits, 0, 10));
    await expect(writer.close()).rejects.toMatchObject({ code: "TEN-RESULT-001" });
    await writer.abandon();
  });
});
