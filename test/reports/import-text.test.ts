import { describe, expect, it } from "vitest";
import type { ImportReport } from "../../recorders/index.js";
import { importText, PLAIN_STYLE } from "../../reports/index.js";

const report = {
  folder: "recordings/x",
  manifest: { source: { importer: "table" }, digest: "d1", streams: { stake: {}, price: {} }, attributed_emission_rao: undefined },
  sums: [
    {
      kind: "stake",
      rows: 234,
      from_ms: Date.UTC(2025, 0, 1),
      to_ms: Date.UTC(2025, 1, 1),
      positions: 12,
      subnets: 1,
      total_rao: "234567890123456",
      total_of: "amount_rao",
      by_action: { added: { rows: 233, rao: "234567890123455" }, removed: { rows: 1, rao: "1" } },
    },
  ],
  readAs: "x.csv: CSV, fields between commas",
  warnings: ["mind this"],
} as unknown as ImportReport;

describe("importText", () => {
  it("shows the sums of what was imported, what was kept, and the warnings", () => {
    const text = importText(report, PLAIN_STYLE);
    expect(text).toContain("read as x.csv: CSV, fields between commas");
    expect(text).toMatch(/stake +234 +2025-01-01 00:00 +2025-02-01 00:00 +12 +1 +234,567,890,123,456/);
    expect(text).toContain("stake: added 233 rows, 234,567,890,123,455 rao; removed 1 row, 1 rao");
    expect(text).toContain("kept as they were: price");
    expect(text).toContain("warning: mind this");
  });

  it("keeps rows, times, positions and sum within 80 columns", () => {
    const lines = importText(report, { ...PLAIN_STYLE, width: 80 }).split("\n");
    const table = lines.slice(2, 4);
    for (const head of ["stream", "rows", "from", "to", "positions", "sum in rao"]) expect(table[0]).toContain(head);
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
