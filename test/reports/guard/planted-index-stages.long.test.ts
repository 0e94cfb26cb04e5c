import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byCause, differingIn, GuardedFolder, type Row, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

const churn = { strategy: "churn", tao: 500, tokens: 100, min_transaction_size: 2, transaction_cost: 0.001 };

/** Miners of an index subnet whom a list of stages pays of the base pool; one loses its collateral on the second day. */
const listed = (name: string, stages: readonly Settings[], late = 2): Settings => ({
  name,
  time: { start: "2026-01-01T00:00:00Z", days: 1.5 },
  streams: [
    {
      synthetic: "prices",
      subnets: 2,
      sample_every: "10 min",
      start_price_tao: { from: 0.02, to: 0.05 },
      model: { kind: "geometric_brownian_motion", volatility_per_year: 0.8 },
    },
    {
      synthetic: "collateral",
      netuid: 99,
      rows: [
        { hotkeys: ["deep-1", "deep-2", "deep-3"], amount: 10 },
        { hotkeys: ["thin-1", "thin-2", "thin-3"], amount: 5 },
        { after: "1 d", hotkeys: ["deep-3"], amount: late },
      ],
    },
  ],
  index: {
    netuid: 99,
    epoch: "1 h",
    fund: { constituents: 2 },
    founding: {
      supply: 2000,
      source: "given",
      weights: [
        { netuid: 1, weight: 0.6 },
        { netuid: 2, weight: 0.4 },
      ],
    },
    rebalancing: "never",
    rewards: { pools: { base: 0.75, tier_bonus: 0.2, validators: 0.05 } },
    market: {
      kind: "pool",
      tao_reserve: 1000,
      noise_traders: { count: 2, tao: 50, tokens: 50, trade_probability: 0.01, mean_size: 1, max_size: 5 },
    },
    validators: [{ name: "honest", count: 3, stake: 5000, behaviour: "honest" }],
    participants: [
      { name: "deep", count: 3, ...churn, look_every: "15 min" },
      { name: "thin", count: 3, ...churn, look_every: "10 min" },
    ],
  },
  stages: [...stages, { residual: "burn" }],
});

const gate = (at_least: number) => [{ gate: { by: "collateral", at_least, below: "scale", power: 2 } }];
const volume = (at_least: number) => [{ gate: { by: "volume", at_least, below: "scale" } }];
const cap = (max_share: number) => [{ curve: { kind: "geometric", ratio: 0.8 } }, { cap: { max_share, excess: "residual" } }];

/** Hotkeys of whom the first stage of its name makes something else in any epoch: knows nothing of guards. */
async function madeOtherwise(before: Settings, after: Settings, stage: number, of: "factor" | "share_after") {
  const positions = await differingIn(
    folder,
    { before, after },
    { table: "stage_weights", who: "position", of: (row: Row) => (row.stage === stage ? row[of] : null) },
  );
  const { hotkeys } = await folder.rowsIn(before, "holdings");
  return positions.map((position) => hotkeys[position]).sort();
}

const people = (hotkeys: readonly string[] = []) => hotkeys.filter((hotkey) => !hotkey.startsWith("("));

describe("one constant of a list that shares the base pool of an index subnet", () => {
  it.each<{
    readonly cause: string;
    readonly before: readonly Settings[];
    readonly after: readonly Settings[];
    readonly stage: number;
    readonly of: "factor" | "share_after";
  }>([
    { cause: "stage.gate.factor", before: gate(10), after: gate(9), stage: 1, of: "factor" },
    { cause: "stage.gate.factor", before: volume(14), after: volume(40), stage: 1, of: "factor" },
    {
      cause: "stage.curve.share",
      before: [{ curve: { kind: "geometric", ratio: 0.8 } }],
      after: [{ curve: { kind: "geometric", ratio: 0.6 } }],
      stage: 1,
      of: "share_after",
    },
    { cause: "stage.cap.share", before: cap(0.25), after: cap(0.2), stage: 2, of: "share_after" },
  ])(
    "$cause, of everybody of whom the stage makes something else, before the pay of pools",
    async ({ cause, before, after, stage, of }) => {
      const name = `${cause.replaceAll(".", "-")}-${JSON.stringify(before).length}`;
      const report = await folder.planted(name, listed(name, before), listed(name, after));
      const hit = await madeOtherwise(listed(name, before), listed(name, after), stage, of);
      expect(hit.length).toBeGreaterThan(2);
      expect(people(byCause(report)[cause])).toEqual(hit);
      expect(Object.keys(byCause(report)).filter((one) => one !== "others_weights")).toEqual([cause]);
      expect(report.groups[0].changed).toEqual(report.changed);
    },
  );

  it("burn: all participants, and no validator", async () => {
    const burn = (share: number) => listed("burn", [{ burn: { share } }]);
    const report = await folder.planted("burn", burn(0.1), burn(0.3));
    expect(people(byCause(report)["stage.burn.share"])).toEqual(["deep-1", "deep-2", "deep-3", "thin-1", "thin-2", "thin-3"]);
    expect(byCause(report)["tiers.base"]).toBeUndefined();
  });

  it("what a gate is told is named as that, and not the gate", async () => {
    const report = await folder.planted("told", listed("told", gate(10), 2), listed("told", gate(10), 4));
    expect(people(byCause(report)["stage.gate.collateral"])).toEqual(["deep-3"]);
    expect(report.groups[0]).toMatchObject({ rule: "collateral of the miner, which gate asks for", first: { before: null, after: null } });
  });
});
