import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunSummary } from "../../reports/run-summary.js";
import { PLAIN_STYLE } from "../../reports/style.js";
import { runSummaryText } from "../../reports/text/run-summary-text.js";
import { typedPath } from "../../reports/text/typed-path.js";
import { verifyText } from "../../reports/text/verify-text.js";

const summary: RunSummary = {
  out: resolve("runs/demo"),
  scenario: "demo",
  seed: 1,
  replicate: 0,
  digest: "d".repeat(64),
  duckdb: resolve("runs/demo/results.duckdb"),
  first_ms: Date.UTC(2025, 0, 1),
  last_ms: Date.UTC(2025, 3, 1),
  events: 118_774,
  epochs: 1800,
  positions: 64,
  miners: 64,
  emission_rao: "265680000000000",
  remaining_rao: "0",
  multiplier: { min: 1.0057, min_hotkey: "peers/miner-002", median: 1.3197, max: 1.5 },
  gained: [{ position: 46, hotkey: "peers/miner-046", change_rao: 982_218_400_000n }],
  lost: [{ position: 0, hotkey: "peers/miner-000", change_rao: -1_476_702_500_000n }],
  rejections: { more_than_held: 2, nothing_held: 1, shortfall: 0 },
  index: null,
  warnings: ["Only balances were recorded."],
  elapsed_ms: 800,
};

describe("the end of a run", () => {
  it("says what came out, where it is and what to try next", () => {
    const text = runSummaryText(summary, PLAIN_STYLE);
    for (const part of [
      "Ran demo in 0.80 s",
      "2025-01-01 to 2025-04-01 (90.0 d), 1,800 epochs",
      "64 (64 miners)",
      "265,680.0000 alpha paid",
      "1.0057 lowest, 1.3197 median, 1.5000 highest",
      "peers/miner-046 +982.2184",
      "peers/miner-000 -1,476.7025",
      "3 (more_than_held 2, nothing_held 1)",
      "Only balances were recorded.",
      summary.digest,
      "Results are in runs/demo",
      "npx tenure show runs/demo --hotkey peers/miner-002",
      "npx tenure verify runs/demo",
      "duckdb runs/demo/results.duckdb",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("names no DuckDB file and no pay where there is none", () => {
    const text = runSummaryText({ ...summary, duckdb: null, gained: null, lost: null, multiplier: null, rejections: {} }, PLAIN_STYLE);
    expect(text).not.toMatch(/duckdb|gained|lost|multiplier|--hotkey/);
    expect(text).toMatch(/rejections +none/);
  });

  it("leaves remarks out where the terminal is narrow", () => {
    const lines = runSummaryText(summary, { ...PLAIN_STYLE, width: 80 }).split("\n");
    expect(lines).toContain("  npx tenure verify runs/demo");
  });
});

describe("a path is shown as it would be typed", () => {
  it.each([
    ["runs/demo", "runs/demo"],
    [resolve("runs/demo"), "runs/demo"],
    [resolve(".."), resolve("..")],
    ["my runs/a'b", "'my runs/a'\\''b'"],
    [".", "."],
  ])("%s", (path, typed) => expect(typedPath(path)).toBe(typed));
});

describe("a verdict", () => {
  const report = {
    ok: false,
    digest: "a",
    rerunDigest: "b",
    changedTables: [],
    changedInputs: [],
    difference: { table: "holdings", row: 1234, column: "multiplier", recorded: 1.5, rerun: 1.25 },
    version: { recorded: "0.1.0", now: "0.2.0" },
  };

  it("names the first table, row and column that differ, and another version", () => {
    const text = verifyText(report, PLAIN_STYLE);
    expect(text).toContain("table holdings, row 1,234, column multiplier: recorded 1.5, repeated 1.25");
    expect(text).toContain("Tenure 0.1.0 wrote the run, this is 0.2.0");
  });

  it("names files that were changed or are missing", () => {
    const changed = { file: "tables/exits.arrow", expected: "e", found: null, table: "exits" as const };
    const text = verifyText({ ...report, difference: null, rerunDigest: null, changedTables: [changed] }, PLAIN_STYLE);
    expect(text).toContain("tables/exits.arrow is missing");
  });
});
