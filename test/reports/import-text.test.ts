import { describe, expect, it } from "vitest";
import type { ImportReport } from "../../recorders/index.js";
import { importText, PLAIN_STYLE } from "../../reports/index.js";

const report = {
  folder: "recordings/x",
  manifest: {
    source: { importer: "table" },
    digest: "d1",
    streams: { stake: {}, emission: {}, balances: {}, price: {} },
    attributed_emission_rao: undefined,
  },
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
      flows: { in_rao: "234567890123455", out_rao: "1", net_rao: "234567890123454", between_rao: "0" },
      states: null,
    },
    {
      kind: "emission",
      rows: 2_340,
      from_ms: Date.UTC(2025, 0, 1),
      to_ms: Date.UTC(2025, 1, 1),
      positions: 12,
      subnets: 1,
      total_rao: "9876543210",
      total_of: "amount_rao",
      by_action: null,
      flows: null,
      states: null,
    },
    {
      kind: "balances",
      rows: 62,
      from_ms: Date.UTC(2025, 0, 1),
      to_ms: Date.UTC(2025, 1, 1),
      positions: 2,
      subnets: 1,
      total_rao: "555555555555",
      total_of: "balance_rao",
      by_action: null,
      flows: null,
      states: { of: "balance_rao", first: { positions: 1, rao: "5000" }, last: { positions: 2, rao: "7000000" } },
    },
  ],
  readAs: "x.csv: CSV, fields between commas",
  warnings: ["mind this"],
} as unknown as ImportReport;

describe("importText", () => {
  it("shows the sums of what was imported, what was kept, and the warnings", () => {
    const text = importText(report, PLAIN_STYLE);
    expect(text).toContain("read as x.csv: CSV, fields between commas");
    expect(text).toMatch(/stake +234 +2025-01-01 00:00 +2025-02-01 00:00 +12 +1 +-\n/);
    expect(text).toMatch(/emission +2,340 +2025-01-01 00:00 +2025-02-01 00:00 +12 +1 +9,876,543,210\n/);
    expect(text).toContain("stake: in 234,567,890,123,455 rao, out 1 rao, net +234,567,890,123,454 rao\n");
    expect(text).toContain("stake: added 233 rows, 234,567,890,123,455 rao; removed 1 row, 1 rao");
    expect(text).toContain("balances: 1 position with 5,000 rao at the first instant, 2 positions with 7,000,000 rao at the last\n");
    expect(text).not.toContain("555,555");
    expect(text).toContain("kept as they were: price");
    expect(text).toContain("warning: mind this");
  });

  it("says where nothing has changed", () => {
    expect(importText({ ...report, unchanged: false }, PLAIN_STYLE)).toMatch(/^Imported table to recordings\/x\n/);
    expect(importText({ ...report, unchanged: true }, PLAIN_STYLE)).toMatch(
      /^Already imported table: nothing has changed in recordings\/x\nread as x\.csv/,
    );
  });

  it("shows a loss with its sign, what went between positions, and no sum where none means anything", () => {
    const flows = { in_rao: "1000", out_rao: "3000", net_rao: "-2000", between_rao: "12345" };
    const text = importText({ ...report, sums: [{ ...report.sums[0], flows }] } as ImportReport, PLAIN_STYLE);
    expect(text).toContain("stake: in 1,000 rao, out 3,000 rao, net -2,000 rao, between positions 12,345 rao\n");
    expect(text).not.toContain("sum in rao");
  });

  it("keeps rows, times, positions and sum within 80 columns", () => {
    const lines = importText(report, { ...PLAIN_STYLE, width: 80 }).split("\n");
    const table = lines.slice(2, 4);
    for (const head of ["stream", "rows", "from", "to", "positions", "sum in rao"]) expect(table[0]).toContain(head);
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("names the fields that were not read, the likely slips first, and no more than a person reads", () => {
    const other = Array.from({ length: 23 }, (_, at) => ({ field: `f${at}`, meant: null }));
    const unread = [...other, { field: "Ro\u001ble", meant: "role" }, { field: "x".repeat(99), meant: null }];
    const text = importText(
      { ...report, unread, assumed: ["taken so"] },
      { ...PLAIN_STYLE, legible: (value) => value.replace("\u001b", "!") },
    );
    expect(text).toContain(
      `fields not read: Ro!le (did you mean role?), ${Array.from({ length: 19 }, (_, at) => `f${at}`).join(", ")} and 5 more\nnote: taken so\n`,
    );
    const long = importText({ ...report, unread: [{ field: "x".repeat(99), meant: null }] }, PLAIN_STYLE);
    expect(long).toContain(`fields not read: ${"x".repeat(60)}...\n`);
    expect(importText(report, PLAIN_STYLE)).not.toContain("not read");
  });
});
