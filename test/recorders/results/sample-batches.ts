import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { allocateColumn, type ColumnArray, type ColumnBatch, type TableDeclaration } from "../../../engine/index.js";

/** Every column type a result table can have. */
export const SAMPLE_TABLE: TableDeclaration = {
  name: "sample",
  meaning: "For tests.",
  columns: [
    { name: "time_ms", type: "time", unit: "ms since 1970 UTC", meaning: "" },
    { name: "amount_rao", type: "rao", unit: "rao", meaning: "" },
    { name: "share", type: "real", unit: "0..1", meaning: "" },
    { name: "count", type: "int", unit: "", meaning: "" },
    { name: "reason", type: "choice", unit: "", meaning: "", values: ["sold", "moved", "slashed"] },
    { name: "emptied", type: "flag", unit: "", meaning: "" },
    { name: "note", type: "text", unit: "", meaning: "" },
    { name: "total_rao", type: "rao_sum", unit: "rao", meaning: "" },
  ],
};

/** Small reproducible numbers below 2^32. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}

/** Rows `from` to `from + rows` of an endless table of the declaration: the same row whatever the batch. */
export function makeBatch(declaration: TableDeclaration, from: number, rows: number, capacity = rows): ColumnBatch {
  const columns: ColumnArray[] = declaration.columns.map((column) => allocateColumn(column.type, capacity));
  for (let row = 0; row < rows; row++) {
    declaration.columns.forEach((column, index) => {
      const draw = numbers((from + row) * 31 + index);
      draw();
      const value = draw();
      switch (column.type) {
        case "text":
          (columns[index] as string[])[row] = `${column.name} ${value} é漢`;
          break;
        case "rao_sum":
          // Up to 2^124, of either sign.
          (columns[index] as string[])[row] = String(BigInt(value - 2_147_483_648) * 2n ** BigInt(value % 94));
          break;
        case "time":
          columns[index][row] = 1_700_000_000_000 + (from + row) * 12_000;
          break;
        case "rao":
          columns[index][row] = value * 2_097_151;
          break;
        case "real":
          columns[index][row] = value / 4_294_967_296;
          break;
        case "choice":
          columns[index][row] = value % (column.values ?? []).length;
          break;
        case "flag":
          columns[index][row] = (value >>> 7) & 1;
          break;
        default:
          columns[index][row] = column.name === "epoch" ? from + row + 1 : column.name === "position" ? value % 4 : value | 0;
      }
    });
  }
  return { declaration, rows, columns };
}

/** A folder of its own for each test that asks; removed afterwards. */
export function useFolders(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
  });
  return async () => {
    const dir = await mkdtemp(join(tmpdir(), "tenure-test-"));
    made.push(dir);
    return dir;
  };
}
