import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RewardsConfiguration } from "../../../engine/index.js";
import { type OpenRun, openRun } from "../../../recorders/index.js";
import type { Activity } from "../../../reports/explain/index-subnet/activity.js";
import { baseCause } from "../../../reports/explain/index-subnet/base-cause.js";
import { explainRun, type RunExplanation } from "../../../reports/explain/run-explanation.js";
import type { Series } from "../../../reports/explain/whole-run/range-series.js";
import type { PayoutRow, ScoreRow } from "../../../reports/index-subnet/index-rows.js";
import { readPositions } from "../../../reports/reading/positions.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-named-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function cli(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect([code, err]).toEqual([0, ""]);
  return out.replace(/ +/g, " ");
}

async function runOf(scenario: string, ...sets: readonly string[]): Promise<string> {
  const out = join(folder, scenario);
  await cli("run", scenario, ...sets.flatMap((set) => ["--set", set]), "--no-duckdb", "--quiet", "--out", out);
  return out;
}

async function explained(run: OpenRun, hotkey: string): Promise<RunExplanation> {
  const who = [...(await readPositions(run)).values()].find((row) => row.hotkey === hotkey);
  return explainRun(run, who?.position ?? -1);
}

it("of an index subnet under a list are its own score or gate, or others; the gate is named by what it goes by, and shares are of the base pool", async () => {
  const dir = await runOf("collateral-crown");
  const run = await openRun(dir);
  const baseOf = async (hotkey: string) => (await explained(run, hotkey)).ranges.filter(({ term }) => term === "base_pool");
  const thin = await baseOf("thin-1");
  expect(thin.length).toBeGreaterThan(10);
  for (const { words, event, events, change } of thin) {
    // It trades as much in every hour, and scores as much from the second on; its flags are only recorded.
    expect(event?.event ?? "").not.toMatch(/^flag/);
    const others = new RegExp(
      `; its score is (still )?\\S+( after \\S+)?, and what others have of it ${change === "up" ? "fell" : "rose"}$`,
    );
    if (events === 0) expect(words).toMatch(others);
  }
  expect(thin.find(({ from_epoch: from, to_epoch: to }) => from <= 49 && to >= 49)).toMatchObject({ events: 0, event: null });
  // Its collateral falls from 10 to 2 after 2 days: a factor of 0.2 ^ 2.
  const fallen = (await baseOf("deep-3")).find(({ row }) => row !== undefined);
  expect(fallen).toMatchObject({
    change: "down",
    words: "its part of the base pool; stage.1.gate is 0.04 after 1: its collateral fell, below 10",
    row: { stream: "collateral/collateral", time_ms: Date.UTC(2026, 0, 3), value: 2, before: 10 },
  });

  const shown = await cli("show", dir);
  expect(shown).toMatch(/1 gate collateral stages\.0 [\s\S]*2 gate volume stages\.1 [\s\S]*Shares of the base pool that each takes/);
  expect(JSON.parse(await cli("show", dir, "--json"))).toMatchObject({
    stages: [
      { name: "gate", variant: null, by: "collateral", path: "stages.0" },
      { name: "gate", by: "volume" },
      { name: "residual", variant: "burn" },
    ],
  });
  const of40 = await cli("explain", dir, "--hotkey", "thin-1", "--epoch", "40");
  expect(of40).toMatch(/1 gate collateral 21\.58 %[\s\S]*2 gate volume 5\.40 %/);
  const paid = (await readTableRows<PayoutRow>(run, "payouts")).filter(({ epoch, kind }) => epoch === 40 && kind === "miner");
  // The base pool is 95 % of 123 alpha.
  const burnt = 116.85 - paid.reduce((sum, { base_rao }) => sum + base_rao, 0) / 1e9;
  const told = of40.replace(/\s+/g, " ");
  expect(told).toContain(
    `Of the base pool went elsewhere than to miners: burn ${((100 * burnt) / 116.85).toFixed(2)} % (${burnt.toFixed(9)} alpha).`,
  );
  expect(told).toContain("share of the base pool; elsewhere go burn");
  expect(told).not.toContain("whole pot");
});

it("of a stage in a pool are named with the pool and the row, and no row stands by what it did not move", async () => {
  const dir = await runOf("two-pools", "record.tables=all", "record.every_epochs=1", "record.stage_weights=every");
  const run = await openRun(dir);
  const keeper = (await explained(run, "keepers-2")).ranges.filter(({ row }) => row !== undefined);
  const row = { stream: "collateral/collateral" };
  expect(
    keeper.map(({ from_epoch: from, to_epoch: to, change, words, row: one }) => [from <= 101 ? to : from, change, words, one]),
  ).toEqual([
    [
      101,
      "down",
      "pool crown, stage 1, gate collateral: its collateral fell, below 10",
      { ...row, time_ms: Date.UTC(2026, 0, 6), value: 2.5, before: 10 },
    ],
    [
      201,
      "down",
      "pool crown, stage 1, gate collateral: its collateral fell, below 10",
      { ...row, time_ms: Date.UTC(2026, 0, 11), value: 0, before: 2.5 },
    ],
  ]);
  // Who is in the other pool has no collateral: what it gets of the empty crown comes of its pools.
  const { ranges } = await explained(run, "keepers-5");
  const filled = ranges.find(({ from_epoch: from, to_epoch: to }) => from <= 201 && to >= 201);
  expect(filled).toMatchObject({ change: "up", words: expect.stringMatching(/its pools count, with what others have in them$/) });
  expect(ranges.filter((range) => range.row !== undefined)).toEqual([]);
});

it("of a base pool by volume are its volume, what anti-gaming leaves of it, or others", () => {
  const range = { before: 1, from: 2, to: 2, change: "down", startMs: 0, endMs: 1 } as const;
  const trade = { time_ms: 0, event: "mint", amount_rao: 5e9, tranches: 0 };
  const activity = { within: () => ({ event: trade, events: 3 }) } as unknown as Activity;
  const rewards = { score: { mintMultiplier: 1.1, redeemMultiplier: 1 } } as RewardsConfiguration;
  const row = { minted_rao: 6e9, redeemed_rao: 6e9, standing: 1, rank: 1, score: 1 } as ScoreRow;
  const told = (now: Partial<ScoreRow>, gated: readonly number[] = [1, 1, 1]) => {
    const factors: Series[] = [{ term: "stage.1.gate", path: null, byHolding: false, isFactor: true, at: (epoch) => gated[epoch] }];
    const { words, events } = baseCause(range, { before: row, now: { ...row, ...now } }, { rewards, byScore: false, activity, factors });
    return [words.replace("its part of the base pool; ", ""), events];
  };
  expect(told({})).toEqual(["its volume is still 12.0000 TAO, and what others have of it rose", 0]);
  expect(told({ minted_rao: 7e9 })).toEqual(["its volume is 13.0000 TAO after 12.0000, and what others have of it rose", 0]);
  expect(told({ minted_rao: 3e9 })).toEqual(["its volume is 9.0000 TAO after 12.0000", 3]);
  expect(told({ minted_rao: 5e9, redeemed_rao: 7e9 })).toEqual(["its volume is still 12.0000 TAO, with another part of it minted", 3]);
  const penalised = ["its volume is still 12.0000 TAO, of which anti-gaming leaves 0.5 after 1", 3];
  expect(told({ standing: 0.5 })).toEqual(penalised);
  expect(told({ minted_rao: 3e9 }, [1, 1, 0.5])).toEqual(["stage.1.gate is 0.5 after 1", 0]);
  expect(told({ standing: 0.5 }, [1, 1, 0.9])).toEqual(penalised);
});
