import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseScenario } from "../../../scenarios/index.js";
import { byCause, differingIn, GuardedFolder, MADE, type Row, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

type Stages = readonly Settings[];

/** More miners than are hit at once, over a day. */
const list = (name: string, stages: Stages): Settings => ({
  ...MADE,
  name,
  time: { start: "2025-01-01T00:00:00Z", days: 1.5 },
  streams: [{ ...(MADE.streams as Settings[])[0], miners: 9, coldkeys: 9, share_jitter: 0.4 }],
  stages,
});

/** Hotkeys of whom a stage made something else in any epoch of two runs: knows nothing of guards. */
async function madeOtherwise(
  name: string,
  before: Stages,
  after: Stages,
  of: "factor" | "share_after",
  stage: number,
  told: (value: number) => number | string = (value) => value,
) {
  const runs = { before: list(name, before), after: list(name, after) };
  const made = (row: Row) => (row.stage === stage ? told(row[of]) : null);
  const positions = await differingIn(folder, runs, { table: "stage_weights", who: "position", of: made });
  const { hotkeys } = await folder.rowsIn(runs.before, "holdings");
  return positions.map((position) => hotkeys[position]).sort();
}

async function planted(name: string, before: Stages, after: Stages) {
  await folder.update(list(name, before));
  const report = await folder.run(list(name, after));
  expect(report.outcome).toBe("differs");
  return report;
}

const miners = (hotkeys: readonly string[] = []) => hotkeys.filter((hotkey) => !hotkey.startsWith("("));
const pools = (share: number, last: number, most: number) => [
  {
    pools: [
      { name: "best", share, members: { ranks: [1, last] }, stages: [{ cap: { max_share: most } }] },
      { name: "others", share: 1 - share, members: "rest" },
    ],
  },
];
const linear = { multiplier: { rule: "linear_retention", retention_target: 0.9 } };
const burn = { residual: "burn" };

describe("one constant of a stage that shares", () => {
  it.each<{
    readonly name: string;
    readonly rule: string;
    readonly before: Stages;
    readonly after: Stages;
    readonly isAll: boolean;
    /** Of the cause, beside the name of the stage. */
    readonly inner?: string;
  }>([
    { name: "cap", rule: "cap", before: [{ cap: { max_share: 0.5 } }], after: [{ cap: { max_share: 0.2 } }], isAll: true },
    {
      name: "cap",
      rule: "cap",
      before: [{ cap: { max_share: 0.3, excess: "residual" } }, burn],
      after: [{ cap: { max_share: 0.16, excess: "residual" } }, burn],
      isAll: false,
    },
    { name: "floor", rule: "floor", before: [{ floor: { min_share: 0.01 } }], after: [{ floor: { min_share: 0.09 } }], isAll: true },
    {
      name: "smooth",
      rule: "smooth ema",
      before: [{ smooth: { kind: "ema", alpha: 0.5 } }],
      after: [{ smooth: { kind: "ema", alpha: 0.3 } }],
      isAll: true,
    },
    {
      name: "smooth",
      rule: "smooth window",
      before: [{ smooth: { kind: "window", epochs: 3 } }],
      after: [{ smooth: { kind: "window", epochs: 5 } }],
      isAll: true,
    },
    { name: "pools", rule: "pools", before: pools(0.5, 3, 1), after: pools(0.4, 3, 1), isAll: true },
    {
      name: "pools",
      rule: "pools, by pool best",
      inner: ".best",
      before: pools(0.5, 3, 1),
      after: pools(0.5, 4, 1),
      isAll: true,
    },
    {
      name: "budget",
      rule: "budget",
      before: [{ budget: { per_epoch: 5 } }, burn],
      after: [{ budget: { per_epoch: 3 } }, burn],
      isAll: true,
    },
  ])("$rule: whoever it gives another share in any epoch", async ({ name, rule, before, after, isAll, inner = "" }) => {
    const report = await planted(name, before, after);
    const hit = await madeOtherwise(name, before, after, "share_after", 1);
    expect(hit.length).toBeGreaterThan(0);
    if (!isAll) expect(hit.length).toBeLessThan(9);
    expect(miners(byCause(report)[`stage.${name}${inner}.share`])).toEqual(hit);
    expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual([`stage.${name}${inner}.share`]);
    expect(report.groups[0]).toMatchObject({
      cause: `stage.${name}${inner}.share`,
      rule,
      changed: [{ path: expect.stringMatching(/^stages\./) }, ...report.changed.slice(1)],
    });
  });

  it("a stage inside a pool: it is named with its pool, for all whom the pools give another share, and not for who has one of another sum", async () => {
    const [before, after] = [pools(0.5, 3, 0.9), pools(0.5, 3, 0.42)];
    const report = await planted("inner", before, after);
    // Weights that are the same have shares of another rounding where the others sum to one ulp more.
    const hit = await madeOtherwise("inner", before, after, "share_after", 1, (share) => share.toPrecision(12));
    expect(hit.length).toBeGreaterThan(1);
    expect(hit.length).toBeLessThan(9);
    expect(miners(byCause(report)["stage.pools.best.cap.share"])).toEqual(hit);
    expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual(["stage.pools.best.cap.share"]);
    expect(report.groups[0].rule).toBe("pools, by cap of pool best");
    const [{ path }] = report.changed;
    expect(path).toBe("stages.0.pools.best.stages.0.cap.max_share");
    const { name, ...inner } = list("inner", before);
    // The path is one that settings take.
    const { resolved } = parseScenario(JSON.stringify({ name, ...inner }), "inner.yaml", { sets: [`${path}=0.42`] });
    expect(resolved).toEqual(folder.scenario(list("inner", after)).resolved);
  });

  it("a factor inside a pool: it is named for all members of whom it makes something else, also of those who sell long after pay has moved", async () => {
    const members = ["synthetic/miner-000", "synthetic/miner-002", "synthetic/miner-004", "synthetic/miner-006", "synthetic/miner-007"];
    const inner = (target: number): Stages => [
      {
        pools: [
          {
            name: "some",
            share: 0.6,
            members: { names: members },
            stages: [{ multiplier: { rule: "linear_retention", retention_target: target } }],
          },
          { name: "others", share: 0.4, members: "rest" },
        ],
      },
      burn,
    ];
    const [before, after] = [inner(0.5), inner(0.8)];
    const report = await planted("inner-factor", before, after);
    const { rows, hotkeys } = await folder.rowsIn(list("inner-factor", before), "holdings");
    const first = new Map<string, number>();
    for (const { position, epoch, received_rao, held_share } of rows) {
      const hotkey = hotkeys[position];
      const differs = received_rao > 0 && Math.min(1, held_share / 0.5) !== Math.min(1, held_share / 0.8);
      if (differs && members.includes(hotkey) && !first.has(hotkey)) first.set(hotkey, epoch);
    }
    const cause = "stage.pools.some.multiplier.share";
    expect(new Set(first.values()).size).toBeGreaterThan(1);
    expect(miners(byCause(report)[cause])).toEqual([...first.keys()].sort());
    expect(Object.keys(byCause(report)).filter((one) => one !== "others_weights")).toEqual([cause]);
    expect(report.groups[0].rule).toBe("pools, by multiplier linear_retention of pool some");
  });

  it("two values of two pools: each by itself", async () => {
    const inner = (best: number, others: number) => [
      {
        pools: [
          { name: "best", share: 0.5, members: { ranks: [1, 3] }, stages: [{ cap: { max_share: best } }] },
          { name: "others", share: 0.5, members: "rest", stages: [{ curve: { kind: "power", exponent: others } }] },
        ],
      },
    ];
    const report = await planted("two-pools", inner(0.9, 1), inner(0.42, 2));
    expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual([
      "stage.pools.others.curve.share",
      "stage.pools.best.cap.share",
    ]);
  });

  it("threshold behind a factor: all whose share it makes another one, at first; who has none is no cause", async () => {
    const cut = (relative: number): Stages => [linear, { threshold: { relative } }];
    const report = await planted("threshold", cut(0.3), cut(0.85));
    const hit = await madeOtherwise("threshold", cut(0.3), cut(0.85), "share_after", 2);
    expect(hit.length).toBeGreaterThan(1);
    expect(hit.length).toBeLessThan(9);
    expect(miners(byCause(report)["stage.threshold.share"])).toEqual(hit);
    // Somebody whose factor is next to nothing has another share between the two stages alone.
    const others = report.groups.find(({ cause }) => cause === "others_weights")?.lines ?? [];
    expect(others.map(({ parts }) => parts)).toEqual(others.map(() => ["terms"]));
    expect(Object.keys(byCause(report)).sort()).toEqual(["others_weights", "stage.threshold.share"]);
  });
});

describe("one constant of a factor that remembers, or looks at all", () => {
  const penalty = (factor: number, drop = 0.05, hours = 4): Stages => [{ selling_penalty: { steps: [{ drop, factor, hours }] } }];
  const byStake = (of: Settings): Stages => [{ multiplier: of }];
  it.each<{ readonly name: string; readonly rule: string; readonly before: Stages; readonly after: Stages }>([
    { name: "selling_penalty", rule: "selling_penalty", before: penalty(0.5), after: penalty(0.2) },
    { name: "selling_penalty", rule: "selling_penalty", before: penalty(0.5), after: penalty(0.5, 0.5) },
    { name: "selling_penalty", rule: "selling_penalty", before: penalty(0.5), after: penalty(0.5, 0.05, 9) },
    { name: "selling_penalty", rule: "selling_penalty", before: [...penalty(0.5), burn], after: [...penalty(0.2), burn] },
    {
      name: "multiplier",
      rule: "net_stake",
      before: byStake({ rule: "net_stake", bonus: 0.5, epochs: 5 }),
      after: byStake({ rule: "net_stake", bonus: 0.8, epochs: 5 }),
    },
    {
      name: "multiplier",
      rule: "net_stake",
      before: byStake({ rule: "net_stake", bonus: 0.5, epochs: 5, prior: 0.5 }),
      after: byStake({ rule: "net_stake", bonus: 0.5, epochs: 7, prior: 0.5 }),
    },
    {
      name: "multiplier",
      rule: "stake_share",
      before: byStake({ rule: "stake_share", bonus: 0.5 }),
      after: byStake({ rule: "stake_share", bonus: 0.8 }),
    },
  ])("$rule: whose factor is another one in any epoch", async ({ name, rule, before, after }) => {
    const report = await planted(name.replace("_", "-"), before, after);
    const hit = await madeOtherwise(name.replace("_", "-"), before, after, "factor", 1);
    expect(hit.length).toBeGreaterThan(1);
    if (name === "selling_penalty") expect(hit.length).toBeLessThan(9);
    expect(miners(byCause(report)[`stage.${name}.factor`])).toEqual(hit);
    expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual([`stage.${name}.factor`]);
    expect(report.groups[0]).toMatchObject({ cause: `stage.${name}.factor`, rule });
  });

  it("stake_tiers: whoever ever has a stake of which the two lists make different things", async () => {
    const tiers = (limit: number): Stages =>
      byStake({
        rule: "stake_tiers",
        tiers: [
          { at_least: 20, value: 1.2 },
          { at_least: limit, value: 1.5 },
        ],
      });
    const report = await planted("stake-tiers", tiers(100), tiers(130));
    const { rows, hotkeys } = await folder.rowsIn(list("stake-tiers", tiers(100)), "holdings");
    const between = rows.filter(({ stake_rao }) => stake_rao >= 100e9 && stake_rao < 130e9).map(({ position }) => hotkeys[position]);
    const hit = [...new Set(between)].sort();
    expect(hit.length).toBeGreaterThan(0);
    expect(hit.length).toBeLessThan(9);
    expect(byCause(report)["stage.multiplier.factor"]).toEqual(hit);
    expect(report.groups[0]).toMatchObject({ cause: "stage.multiplier.factor", rule: "stake_tiers" });
  });

  it("a ceiling alone: all who are measured against it, and nobody where shares are normalised", async () => {
    const tiers = (value: number): Stages =>
      byStake({
        rule: "stake_tiers",
        tiers: [
          { at_least: 20, value: 1.2 },
          { at_least: 100_000, value },
        ],
      });
    const report = await planted("ceiling", [...tiers(1.5), burn], [...tiers(1.8), burn]);
    expect(miners(byCause(report)["stage.multiplier.ceiling"]).length).toBe(9);
    await folder.update(list("ceiling", tiers(1.5)));
    expect((await folder.run(list("ceiling", tiers(1.8)))).outcome).toBe("equal");
  });
});
