import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnBatch } from "../../../engine/index.js";
import { ArrowTableWriter, ROWS_PER_BATCH } from "../../../recorders/results/arrow-table-writer.js";
import { firstDifference, firstRowDifference } from "../../../recorders/results/first-difference.js";
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

  it("is what a naive comparison of random small tables finds", async () => {
    const cell = fc.record({
      time_ms: fc.constantFrom(0, 1_000),
      amount_rao: fc.constantFrom(0, 1, 9_007_199_254_740_991),
      share: fc.constantFrom(0, 0.5, Number.NaN, -0),
      count: fc.constantFrom(0, -1),
      reason: fc.constantFrom(0, 1, 2),
      emptied: fc.constantFrom(0, 1),
      note: fc.constantFrom("", "a\u001b[31m", "é"),
      total_rao: fc.constantFrom("0", "-9007199254740993"),
    });
    const names = SAMPLE_TABLE.columns.map(({ name }) => name);
    const rows = fc.array(cell, { maxLength: 4 });
    const writeRows = (path: string, list: readonly Record<string, number | string>[]) =>
      write(
        path,
        (batch) => {
          for (const [at, row] of list.entries()) {
            names.forEach((name, index) => {
              (batch.columns[index] as (number | string)[])[at] = row[name];
            });
          }
        },
        list.length,
      );
    const dir = await folder();
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.nat({ max: 4 }), async (first, own, shared) => {
        const second = [...first.slice(0, shared), ...own];
        const found = await firstRowDifference(
          SAMPLE_TABLE,
          await writeRows(join(dir, "a"), first),
          await writeRows(join(dir, "b"), second),
        );
        // -0 is another number than 0, and no number is itself.
        const texts = (row: Record<string, number | string> | undefined) =>
          names.map((name) => `${Object.is(row?.[name], -0) ? "-0" : row?.[name]}`);
        const length = Math.max(first.length, second.length);
        const row = Array.from({ length }, (_, at) => at).find((at) => texts(first[at]).join("|") !== texts(second[at]).join("|"));
        if (row === undefined) {
          expect(found).toBeNull();
          return;
        }
        const isBoth = row < first.length && row < second.length;
        const column = isBoth ? names.find((_, index) => texts(first[row])[index] !== texts(second[row])[index]) : null;
        expect(found).toMatchObject({ row: row + 1, column });
        expect(found?.first === null).toBe(row >= first.length);
        if (row < first.length) expect(found?.first?.note).toBe(first[row].note);
        if (row < second.length) expect(found?.second?.emptied).toBe(second[row].emptied === 1);
      }),
      { numRuns: 50 },
    );
  });
});
