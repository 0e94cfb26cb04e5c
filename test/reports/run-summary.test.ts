import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { OpenRun } from "../../recorders/index.js";
import { type RunSummary, runSummary } from "../../reports/run-summary.js";
import { PLAIN_STYLE } from "../../reports/style.js";
import { rejectionsText } from "../../reports/text/rejections-text.js";
import { runSummaryText } from "../../reports/text/run-summary-text.js";
import { typedPath } from "../../reports/text/typed-path.js";
import { verifyText } from "../../reports/text/verify-text.js";
import { loadScenario } from "../../scenarios/index.js";
import { tableSource } from "./table-source.js";

const summary: RunSummary = {
  out: resolve("runs/demo"),
  scenario: "demo",
  seed: 1,
  replicate: 0,
  digest: "d".repeat(64),
  duckdb: resolve("runs/demo/results.duckdb"),
  first_ms: Date.UTC(2025, 0, 1),
  last_ms: Date.UTC(2025, 3, 1),
  period: { start_ms: Date.UTC(2025, 0, 1), end_ms: Date.UTC(2025, 3, 1) },
  events: 118_774,
  epochs: 1800,
  positions: 64,
  miners: 64,
  miner_origins: null,
  emission_rao: "265680000000000",
  remaining_rao: "0",
  unexplained_rao: "0",
  unexplained_positions: 0,
  residual_rao: null,
  outside_rao: "0",
  unallocated_rao: "0",
  tables: ["positions", "epochs", "rejections"],
  multiplier_effect: "applied",
  multiplier: { min: 1.0057, min_position: 2, min_hotkey: "peers/miner-002", median: 1.3197, max: 1.5 },
  change_against: "recording",
  gained: [{ position: 46, netuid: 30, hotkey: "peers/miner-046", change_rao: 982_218_400_000n }],
  lost: [{ position: 0, netuid: 30, hotkey: "peers/miner-000", change_rao: -1_476_702_500_000n }],
  notes: [],
  rejections: { more_than_held: 2, nothing_held: 1, shortfall: 0 },
  metrics: {
    epochs: 1800,
    pot_moved: 0.05234,
    held_pay_share: 0.5,
    multiplier_paid: 1.25,
    unpaid_epochs: 0,
    subnets: [{ netuid: 30, epochs: 1800, miners: 64, pot_moved: 0.05234, gini_before: 0.30211, gini_after: 0.2814 }],
    undecided: [],
  },
  before_rule: "recorded",
  index: null,
  closed_loop: null,
  handed_over: null,
  beside_index: null,
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
      "5.23 % of what miners share, in 1,800 epochs\n",
      "0.3021 before the rule, 0.2814 under it\n",
      "peers/miner-046 +982.2184",
      "peers/miner-000 -1,476.7025",
      "3 (more_than_held 2, nothing_held 1)",
      "Only balances were recorded.",
      summary.digest,
      "Results are in runs/demo",
      "npx tenure show runs/demo --hotkey peers/miner-002",
      "npx tenure verify runs/demo",
      "npx tenure sql runs/demo --list",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("says how many miners were recorded and how many made up, and names recorded ones where they are few", () => {
    const text = (recorded: number, hotkeys: readonly string[]) =>
      runSummaryText({ ...summary, miner_origins: { recorded, synthetic: 1_234, recorded_hotkeys: hotkeys } }, PLAIN_STYLE);
    expect(text(2, ["one", "two"])).toMatch(/^ {2}miners {7}2 recorded \(one, two\), 1,234 synthetic$/m);
    expect(text(4, [])).toMatch(/^ {2}miners {7}4 recorded, 1,234 synthetic$/m);
    expect(runSummaryText(summary, PLAIN_STYLE)).not.toContain("synthetic");
  });

  it("names the position where the hotkey alone would not do, and says when multipliers were not applied", () => {
    const multiplier = { min: 1.0057, min_position: 2, min_hotkey: null, median: 1.3197, max: 1.5 };
    const text = runSummaryText({ ...summary, multiplier, multiplier_effect: "replay" }, PLAIN_STYLE);
    expect(text).toContain("npx tenure show runs/demo --position 2");
    expect(text).not.toContain("--hotkey");
    expect(text).toContain("1.5000 highest (would be; pay is as recorded)");
  });

  it("says which questions the data cannot decide, and whether what moves was paid", () => {
    const metrics = { ...summary.metrics, undecided: ["one_sharer", "retention_target"] } as RunSummary["metrics"];
    const text = runSummaryText({ ...summary, metrics, multiplier_effect: "replay" }, PLAIN_STYLE);
    expect(text).toContain("in 1,800 epochs (would be; pay is as recorded)");
    expect(text).toContain("0.3021 before the rule, 0.2814 under it (would be; pay is as recorded)\n");
    expect(text).toMatch(/undecided +any rule: each pot has a single taker/);
    expect(text).toMatch(/retention_target: every holding was whole or empty/);
    expect(runSummaryText(summary, PLAIN_STYLE)).not.toContain("undecided");
    expect(runSummaryText({ ...summary, metrics: null }, PLAIN_STYLE)).not.toMatch(/pot moved|Gini/);
  });

  it("says what left without an event that says why, and nothing where nothing did", () => {
    const line = (rao: string, positions: number | null) =>
      /^ {2}unexplained {2}(.*)$/m.exec(
        runSummaryText({ ...summary, unexplained_rao: rao, unexplained_positions: positions }, PLAIN_STYLE),
      )?.[1];
    expect(line("570000000000", 2)).toBe("570.0000 alpha left 2 positions without an event that says why (table unexplained)");
    expect(line("12", 1)).toBe("0.000000012 alpha left 1 position without an event that says why (table unexplained)");
    expect(line("570000000000", null)).toBe("570.0000 alpha left without an event that says why");
    expect(line("0", 0)).toBeUndefined();
  });

  it("shows the hours of a period that does not begin and end with days, and one epoch as one", () => {
    const period = (from: string, to: string) => {
      const run = { ...summary, period: { start_ms: Date.parse(from), end_ms: Date.parse(to) }, epochs: 1 };
      return /^ {2}period {7}(.*)$/m.exec(runSummaryText(run, PLAIN_STYLE))?.[1];
    };
    expect(period("2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z")).toBe("2025-12-01 to 2026-01-01 (31.0 d), 1 epoch");
    expect(period("2025-12-01T00:00:00Z", "2025-12-31T23:48:12Z")).toBe("2025-12-01 00:00 to 2025-12-31 23:48 UTC (31.0 d), 1 epoch");
  });

  it("names all that no miner got, under a list of stages or not", () => {
    const line = (changes: Partial<RunSummary>) =>
      /^ {2}elsewhere {4}(.*)$/m.exec(runSummaryText({ ...summary, ...changes }, PLAIN_STYLE))?.[1];
    const residual_rao = { burn: "116599296700000", recycle: "0", treasury: "0", owner: "0" };
    expect(line({ residual_rao, outside_rao: "567503264550" })).toBe("burn 116,599.2967 alpha, outside (emission.outside) 567.5033 alpha");
    expect(line({ unallocated_rao: "2000000000" })).toBe("unallocated (given to nobody) 2.0000 alpha");
    expect(line({ residual_rao: { burn: "0" } })).toBe("none");
    expect(line({})).toBeUndefined();
  });

  it("wraps where the results are", () => {
    const lines = runSummaryText({ ...summary, out: resolve("runs/a-folder-with-a-name-of-its-own") }, { ...PLAIN_STYLE, width: 80 });
    expect(lines).toContain("Results are in runs/a-folder-with-a-name-of-its-own (results.duckdb,\ntables/*.arrow, manifest.json)\n");
  });

  it("gives the figures of each subnet where there are several, and says how many more", () => {
    const [one] = summary.metrics?.subnets ?? [];
    const subnets = [1, 2, 3, 4, 5, 6].map((netuid) => ({ ...one, netuid }));
    const text = runSummaryText({ ...summary, metrics: { ...summary.metrics, subnets } as RunSummary["metrics"] }, PLAIN_STYLE);
    expect(text).toMatch(/Gini of pay +subnet 1: 0\.3021 before the rule, 0\.2814 under it, 5\.23 % moved/);
    expect(text).toContain("and 2 more subnets (--json)");
  });

  it("says what a run over a recording takes for granted, as a note", () => {
    const text = runSummaryText({ ...summary, notes: ["assumes something"] }, PLAIN_STYLE);
    expect(text).toMatch(/^ {2}note {9}assumes something$/m);
  });

  it("tells how to list rejections where they were recorded, and only there", () => {
    expect(runSummaryText(summary, PLAIN_STYLE)).toContain("sql runs/demo --query rejections");
    expect(runSummaryText({ ...summary, tables: ["positions"] }, PLAIN_STYLE)).not.toContain("--query rejections");
    expect(runSummaryText({ ...summary, rejections: { shortfall: 0 } }, PLAIN_STYLE)).not.toContain("--query rejections");
    const found = { rejections: summary.rejections, tables: summary.tables, out: summary.out };
    const command = "Try: npx tenure sql runs/demo --query rejections";
    expect(rejectionsText(found, PLAIN_STYLE)).toContain(`3 (more_than_held 2, nothing_held 1). ${command}`);
    expect(rejectionsText(found, { ...PLAIN_STYLE, width: 80 })).toBe(
      `Withdrawals of more than was held: 3 (more_than_held 2, nothing_held 1).\n${command}\n`,
    );
    expect(rejectionsText({ ...found, tables: ["positions"] }, PLAIN_STYLE)).toContain("3 (more");
    expect(rejectionsText({ ...found, rejections: { shortfall: 0 } }, PLAIN_STYLE)).toBe("");
  });

  it("names no DuckDB file and no pay where there is none", () => {
    const text = runSummaryText({ ...summary, duckdb: null, gained: [], lost: [], multiplier: null, rejections: {} }, PLAIN_STYLE);
    expect(text).not.toMatch(/duckdb|gained|lost|multiplier|--hotkey/);
    expect(text).toMatch(/rejections +none/);
  });

  it("suggests what there is to see: positions where nobody is a miner, by stake where nobody was paid", () => {
    const validators = { ...summary, miners: 0, tables: ["positions", "epochs", "tranches", "exits"] };
    const text = runSummaryText(validators, PLAIN_STYLE);
    expect(text).toMatch(/npx tenure show runs\/demo +the positions, best paid first\n/);
    expect(text).toMatch(/--hotkey peers\/miner-002 --tranches +its tranches, and what was taken from them\n/);
    expect(text).not.toMatch(/the miners|FROM miners/);
    expect(runSummaryText({ ...validators, tables: ["positions"] }, PLAIN_STYLE)).not.toContain("--tranches");
    const unpaid = runSummaryText({ ...validators, emission_rao: "0", multiplier: null }, PLAIN_STYLE);
    expect(unpaid).toContain("the positions, by stake");
    expect(unpaid).not.toContain("--tranches");
    expect(runSummaryText({ ...validators, positions: 0, multiplier: null }, PLAIN_STYLE)).not.toContain("tenure show");
    expect(runSummaryText(summary, PLAIN_STYLE)).not.toContain("--tranches");
  });

  it("wraps warnings and notes below themselves", () => {
    const words = "Only balances were recorded, and what came in between two of them is not known. ".repeat(3).trim();
    const text = runSummaryText({ ...summary, warnings: [words], notes: [words] }, { ...PLAIN_STYLE, width: 80 });
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(text).toMatch(/\n {2}warning {6}Only balances .*\n {15}\S/);
    expect(text).toMatch(/\n {2}note {9}Only balances .*\n {15}\S/);
    expect(text.replace(/\s+/g, " ")).toContain(`note ${words} warning ${words}`);
  });

  it("leaves remarks out where the terminal is narrow", () => {
    const lines = runSummaryText(summary, { ...PLAIN_STYLE, width: 80 }).split("\n");
    expect(lines).toContain("  npx tenure verify runs/demo");
  });
});

describe("the summary of a run", () => {
  const paid = (recorded: string, to: string) => ({ recorded_rao: recorded, paid_rao: to });
  const keys = (position: number, hotkey: string) => ({ position, netuid: 30, hotkey, coldkey: `c${position}`, uid: -1, role: "miner" });
  const holding = (position: number, multiplier: number) => ({ epoch: 1, position, received_rao: 1, held_share: 1, multiplier });
  const source = tableSource({
    positions: [
      { ...keys(0, "shared"), ...paid("9007199254740993", "9007199254740995") },
      { ...keys(1, "shared"), ...paid("0", "0") },
      { ...keys(2, "other"), ...paid("7", "5") },
    ],
    epochs: [{ netuid: 30, epoch: 1, start_ms: 0, end_ms: 1 }],
    holdings: [holding(0, 1.2), holding(1, 1), holding(2, 1.4)],
  });
  const { resolved } = loadScenario("demo");
  const manifest = {
    scenario: { name: "demo", resolved },
    inputs: [],
    summary: { events: {}, epochs: 1, first_ms: 1, last_ms: 1, unexplained_rao: "0", warnings: [] },
    timing: {},
  };
  const run = { ...source, dir: "runs/demo", duckdbPath: null, manifest } as unknown as OpenRun;

  it("leaves who was never paid out of the multipliers, and names a position where its hotkey has others", async () => {
    expect((await runSummary(run)).multiplier).toEqual({
      min: 1.2,
      min_position: 0,
      min_hotkey: null,
      median: expect.closeTo(1.3, 12),
      max: 1.4,
    });
  });

  it("counts the positions that something left without an event, and no others", async () => {
    const row = (position: number, kind: string) => ({ position, kind, amount_rao: 5 });
    const rows = [row(0, "unexplained"), row(2, "unexplained"), row(0, "unexplained"), row(1, "rounding"), row(1, "from_outside")];
    const { readTable } = tableSource({ unexplained: rows });
    const read: typeof readTable = (table, order) => (table === "unexplained" ? readTable(table, order) : source.readTable(table, order));
    const lossy = { ...manifest, summary: { ...manifest.summary, unexplained_rao: "15" } };
    const told = async (tables: readonly string[]) =>
      (await runSummary({ ...run, tables, readTable: read, manifest: lossy } as unknown as OpenRun)).unexplained_positions;
    expect(await told([...source.tables, "unexplained"])).toBe(2);
    expect(await told(source.tables)).toBeNull();
    expect((await runSummary(run)).unexplained_positions).toBe(0);
  });

  it("is of a period that begins where its epochs do, however late the first row comes", async () => {
    expect((await runSummary(run)).period).toEqual({ start_ms: 0, end_ms: 1 });
    const idle = { ...manifest, summary: { ...manifest.summary, first_ms: null, last_ms: null } };
    // A closed loop reads no rows, and has epochs.
    expect((await runSummary({ ...run, manifest: idle } as unknown as OpenRun)).period).toEqual({ start_ms: 0, end_ms: 1 });
  });

  it("takes gains and losses from the totals of the whole run, exactly", async () => {
    const { gained, lost } = await runSummary(run);
    expect(gained).toEqual([{ position: 0, netuid: 30, hotkey: "shared", change_rao: 2n }]);
    expect(lost).toEqual([{ position: 2, netuid: 30, hotkey: "other", change_rao: -2n }]);
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
    duckdbFaults: [],
    foreignFiles: [],
    difference: { table: "holdings", row: 1234, column: "multiplier", recorded: 1.5, rerun: 1.25 },
    version: { recorded: "0.1.0", now: "0.2.0" },
  };

  it("names the first table, row and column that differ, and another version", () => {
    const text = verifyText(report, PLAIN_STYLE);
    expect(text).toContain("table holdings, row 1,234, column multiplier: recorded 1.5, repeated 1.25");
    expect(text).toContain("Tenure 0.1.0 wrote the run, this is 0.2.0");
  });

  it("says what is off with the DuckDB file, and which files are not of the run", () => {
    const off = { ...report, difference: null, duckdbFaults: ["results.duckdb is missing"], foreignFiles: ["tables/mine.arrow"] };
    expect(verifyText(off, PLAIN_STYLE)).toMatch(/results\.duckdb is missing\.\n.* tables\/mine\.arrow is not of this run/s);
    const fine = verifyText({ ...off, ok: true, duckdbFaults: [] }, PLAIN_STYLE);
    expect(fine).toContain("Confirmed");
    expect(fine).toContain("tables/mine.arrow is not of this run");
  });

  it("names files that were changed or are missing", () => {
    const changed = { file: "tables/exits.arrow", expected: "e", found: null, table: "exits" as const };
    const text = verifyText({ ...report, difference: null, rerunDigest: null, changedTables: [changed] }, PLAIN_STYLE);
    expect(text).toContain("tables/exits.arrow is missing");
  });
});
