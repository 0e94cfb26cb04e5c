import { describe, expect, it } from "vitest";
import { PLAIN_STYLE } from "../../reports/style.js";
import { renderTable } from "../../reports/table.js";

const columns = [
  { head: "name", cell: (row: { name: string; size: number }) => row.name },
  { head: "size", align: "right" as const, dropOrder: 2, cell: (row: { size: number }) => String(row.size) },
  { head: "double", align: "right" as const, dropOrder: 1, cell: (row: { size: number }) => String(2 * row.size) },
];
const rows = [
  { name: "small", size: 1 },
  { name: "a large one", size: 1234567 },
];

describe("a table", () => {
  it("has a head and aligned columns", () => {
    expect(renderTable(columns, rows, PLAIN_STYLE).split("\n")).toEqual([
      "name            size   double",
      "small              1        2",
      "a large one  1234567  2469134",
    ]);
  });

  it("leaves whole columns out where the terminal is narrow, and says which", () => {
    const lines = renderTable(columns, rows, { ...PLAIN_STYLE, width: 22 }).split("\n");
    expect(lines[0]).toBe("name          double");
    expect(lines.join(" ")).toContain("left out size");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(22);
  });

  it("keeps what must stay, however narrow", () => {
    expect(renderTable(columns, rows, { ...PLAIN_STYLE, width: 3 })).toContain("a large one");
  });
});
