import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenRun, openRun } from "../../recorders/index.js";
import { explainParticipant, runSummary } from "../../reports/index.js";
import { indexOverview } from "../../reports/index-subnet/index-overview.js";
import { runInProcess } from "../cli/run-in-process.js";

/** A day of six made-up subnets, four participants and four validators, one of whom lies. */
const SCENARIO = `name: small-index
time: { start: 2025-01-01, days: 1 }
streams: [{ synthetic: prices, subnets: 6, model: { kind: geometric_brownian_motion, volatility_per_year: 2 } }]
index:
  netuid: 99
  fund: { constituents: 2 }
  founding: { supply: 5000, source: given, weights: [{ netuid: 1, weight: 0.75 }, { netuid: 2, weight: 0.25 }] }
  rebalancing: never
  market:
    kind: pool
    tao_reserve: 1000
    noise_traders: { count: 10, tao: 200, tokens: 200, trade_probability: 0.2, mean_size: 4 }
  participants:
    - { name: desk, count: 2, tao: 1000, max_transaction_size: 20, sizing: best }
    - { name: farmer, count: 2, tao: 100, min_transaction_size: 0.5, neutral_probability: 0.5 }
  validators:
    - { name: keeper, count: 3, stake: 5000 }
    - { name: forger, stake: 2000, behaviour: { kind: falsifier, nav_error: 0.05 } }
`;

let folder: string;
let run: OpenRun;
let ended: { code: number; out: string; err: string };

const tenure = (...args: string[]) => runInProcess(args, 120);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-index-"));
  await writeFile(join(folder, "small.yaml"), SCENARIO);
  ended = await tenure("run", join(folder, "small.yaml"), "--out", join(folder, "run"));
  run = await openRun(join(folder, "run"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the end of an index run", () => {
  it("says how the token followed NAV, who earned what, who was slashed and why, and how unequal it was", () => {
    expect(ended).toMatchObject({ code: 0, err: "" });
    for (const part of [
      "NAV          1.0000 ->",
      "tracking     error",
      "half-life    ",
      "By group",
      "Who earned what, by tier",
      "diamond",
      "inequality   Gini",
      "consensus    in ",
      "Who was slashed, and why",
      "--hotkey desk-1",
      "--hotkey forger",
    ]) {
      expect(ended.out).toContain(part);
    }
    expect(ended.out).toMatch(/forger +falsifier +critical +falsified_attestation +1 +1,000\.\d{4}/);
    expect(ended.out).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("holds the figures of the manifest as data", async () => {
    const { index } = await runSummary(run);
    expect(index).toMatchObject({ netuid: 99, epochs: 24, stale_samples: 0, tiers: expect.any(Array) });
    const { pot_rao, miners_rao, validators_rao, burnt_rao, unallocated_rao } = index?.emission ?? {};
    const parts = [miners_rao, validators_rao, burnt_rao, unallocated_rao].map((rao) => BigInt(rao ?? 0));
    expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(BigInt(pot_rao ?? -1));
    expect(BigInt(pot_rao ?? 0)).toBe(24n * 300n * 410_000_000n);
    const tiers = index?.tiers.reduce((sum, { paid_rao }) => sum + BigInt(paid_rao), 0n);
    expect(tiers).toBe(BigInt(miners_rao ?? -1));
    const { out } = await tenure("run", join(folder, "small.yaml"), "--out", join(folder, "again"), "--no-duckdb", "--json");
    expect(JSON.parse(out).index).toEqual(index);
  });
});

describe("tenure show of an index run", () => {
  it("ranks participants and shows how validators stand", async () => {
    const { code, out } = await tenure("show", join(folder, "run"));
    expect(code).toBe(0);
    expect(out).toContain("Index subnet 99: epoch 24 of 24");
    expect(out).toMatch(/^ *1 +\S+ +diamond/m);
    expect(out).toMatch(/^forger +suspended +1,000\.\d{4} +1,000\.\d{4} +suspended/m);
    const overview = await indexOverview(run, 99, 3);
    const ranks = overview.participants.map(({ score }) => score?.rank ?? 0).filter((rank) => rank > 0);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(overview).toMatchObject({ epochs: 24, epoch: { epoch: 3 } });
    expect(JSON.parse((await tenure("show", join(folder, "run"), "--epoch", "3", "--json")).out)).toEqual(
      JSON.parse(JSON.stringify({ ...overview, subnets: [], stages: [] })),
    );
  });

  it("explains pay from volumes to rao, and the figures fit together", async () => {
    const { participants } = await indexOverview(run, 99);
    const best = participants[0].participant.hotkey;
    const report = await explainParticipant(run, { hotkey: best });
    if (report.kind !== "participant" || report.score === null || report.payout === null) throw new Error("nothing was explained");
    const { score, payout } = report;
    expect(score.rank).toBe(1);
    expect(score.score).toBeCloseTo(0.7 * score.volume + 0.2 * score.frequency + 0.1 * score.consistency, 12);
    expect(payout.paid_rao).toBe(payout.base_rao + payout.tier_bonus_rao);
    const { out } = await tenure("show", join(folder, "run"), "--hotkey", best);
    for (const part of [
      "From volume to score",
      "weighted volume",
      "consistency",
      "From rank to pay",
      "tier bonus",
      "multiplier",
      "Rank 1 (diamond)",
      "In the whole run",
    ]) {
      expect(out).toContain(part);
    }
    expect(JSON.parse((await tenure("show", join(folder, "run"), "--hotkey", best, "--json")).out)).toMatchObject({ kind: "participant" });
    const { position } = report.participant;
    expect((await tenure("show", join(folder, "run"), "--position", String(position))).out).toContain(`hotkey   ${best}`);
  });

  it("explains what a validator handed in and lost", async () => {
    const report = await explainParticipant(run, { hotkey: "forg", epoch: 1 });
    if (report.kind !== "validator") throw new Error("not a validator");
    expect(report).toMatchObject({
      behaviour: "falsifier",
      slashes: [{ severity: "critical", cause: "falsified_attestation", rate: 0.5 }],
    });
    expect(report.suspended_epoch).toBe(report.slashes?.[0].epoch);
    const { out } = await tenure("show", join(folder, "run"), "--hotkey", "forger");
    for (const part of [
      "Status suspended",
      "slashed once",
      "falsified_attestation",
      "reputation",
      "Its deviations",
      ", for the end of the epoch\n",
    ])
      expect(out).toContain(part);
  });

  it("refuses keys that fit nobody, or several, and epochs there are none of", async () => {
    expect(await tenure("show", join(folder, "run"), "--hotkey", "nobody")).toMatchObject({
      code: 2,
      err: expect.stringContaining("TEN-REPORT-001"),
    });
    expect(await tenure("show", join(folder, "run"), "--hotkey", "keeper")).toMatchObject({
      code: 2,
      err: expect.stringContaining("keeper-1, keeper-2, keeper-3"),
    });
    expect(await tenure("show", join(folder, "run"), "--position", "999")).toMatchObject({
      code: 2,
      err: expect.stringContaining("TEN-REPORT-004"),
    });
    expect(await tenure("show", join(folder, "run"), "--epoch", "25")).toMatchObject({
      code: 2,
      err: expect.stringContaining("TEN-REPORT-003"),
    });
  });

  it("still lists tranches", async () => {
    expect(await tenure("show", join(folder, "run"), "--tranches", "--limit", "2")).toMatchObject({
      code: 0,
      out: expect.stringContaining("the newest 2 of"),
    });
  });
});

describe("the DuckDB file of an index run", () => {
  it("names participants and validators in its views", async () => {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(run.duckdbPath ?? "", { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
    expect(await ask("SELECT DISTINCT name, group_name FROM slashes_view")).toEqual([["forger", "forger"]]);
    expect(await ask("SELECT count(*) FROM scores_view WHERE name IS NULL")).toEqual([[0n]]);
    expect(await ask("SELECT count(*) FROM payouts_view WHERE kind = 'miner' AND group_name NOT IN ('desk', 'farmer')")).toEqual([[0n]]);
    connection.closeSync();
    instance.closeSync();
  });
});

describe("the reports of an index run on a terminal of 80 columns", () => {
  it("have no line that is longer: the overview and the end of a run", async () => {
    for (const args of [
      ["show", run.dir],
      ["run", join(folder, "small.yaml"), "--out", join(folder, "a-folder-with-a-longer-name-than-most"), "--no-duckdb"],
    ]) {
      const { code, out } = await runInProcess(args, 80);
      expect(code).toBe(0);
      const lines = out.split("\n");
      // A command is never broken.
      expect(lines.filter((line) => line.length > 80 && !line.startsWith("  npx tenure ") && !line.includes(folder))).toEqual([]);
      expect(out.replace(/\s+/g, " ")).toMatch(/4 participants, 4 validators|Results are in /);
    }
  });

  it.each(["desk-1", "farmer-1", "keeper-1", "forger"])("have no line that is longer: %s", async (hotkey) => {
    const { code, out } = await runInProcess(["show", run.dir, "--hotkey", hotkey], 80);
    expect(code).toBe(0);
    expect(out).toContain(`hotkey   ${hotkey}`);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
