import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ColumnBatch } from "../../../engine/index.js";
import { ArrowTableWriter, ROWS_PER_BATCH } from "../../../recorders/results/arrow-table-writer.js";
import { firstDifference } from "../../../recorders/results/first-difference.js";
import { makeBatch, SAMPLE_TABLE, useFolders } from "./sample-batches.js";

const folder = useFolders();
const ROWS = ROWS_PER_BATCH + 100;

async function write(path: string, change: (batch: ColumnBatch) => void, rows = ROWS): Promise<string> {
  const batch = makeBatch(SAMPLE_TABLE, 0, rows);
  change(batch);
  const writer = await ArrowTableWriter.create(path, SAMPLE_TABLE);
  await writer.append(batch);
  await writer.close();
  return path;
}

describe("firstDifference", () => {
  it("finds none between equal tables", async () => {
    const dir = await folder();
    const a = await write(join(dir, "a"), () => undefined);
    const b = await write(join(dir, "b"), () => undefined);
    expect(await firstDifference(SAMPLE_TABLE, a, b)).toBeNull();
  });

  it("names the first row, the column and both values", async () => {
    const dir = await folder();
    const row = ROWS_PER_BATCH + 5;
    const b = await write(join(dir, "b"), (batch) => {
      (batch.columns[1] as Float64Array)[row + 1] = 1;
      const reasons = batch.columns[4] as Uint8Array;
      reasons[row] = 2;
      (batch.columns[6] as string[])[row + 2] = "other";
    });
    const before = await write(join(dir, "before"), (batch) => {
      (batch.columns[4] as Uint8Array)[row] = 0;
      (batch.columns[1] as Float64Array)[row + 1] = 1;
      (batch.columns[6] as string[])[row + 2] = "other";
    });
    expect(await firstDifference(SAMPLE_TABLE, before, b)).toEqual({
      table: "sample",
      row: row + 1,
      column: "reason",
      recorded: "sold",
      rerun: "slashed",
    });
  });

  it("names the first missing row", async () => {
    const dir = await folder();
    const a = await write(join(dir, "a"), () => undefined, 20);
    const b = await write(join(dir, "b"), () => undefined, 17);
    expect(await firstDifference(SAMPLE_TABLE, a, b)).toEqual({ table: "sample", row: 18, column: null, recorded: "a row", rerun: null });
  });
});
