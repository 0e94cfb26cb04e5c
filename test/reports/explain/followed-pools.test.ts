import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MultiplierRule, type PlugIn, PoolCourse, type PoolShare, type StageConfiguration } from "../../../engine/index.js";
import { type OpenRun, openRun } from "../../../recorders/index.js";
import { withRunAgain } from "../../../reports/explain/run-again.js";
import { explainRun, type RunExplanation } from "../../../reports/explain/run-explanation.js";
import type { Cause } from "../../../reports/explain/whole-run/cause.js";
import { OwnEvents } from "../../../reports/explain/whole-run/own-events.js";
import { stageMover } from "../../../reports/explain/whole-run/stage-causes.js";
import { type PositionRow, readPositions } from "../../../reports/reading/positions.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { tracedMiner } from "../../../reports/traced-stages.js";
import { runInProcess } from "../../cli/run-in-process.js";

const SCENARIO = `
name: every-pool
time: { start: 2025-01-01T00:00:00Z, days: 4 }
subnet: { netuid: 7, tempo: 1200 }
streams:
  - { synthetic: collateral, rows: [{ hotkeys: [k-1], amount: 10 }, { after: 1 d, hotkeys: [k-1], amount: 4 }] }
closed_loop:
  market: { kind: pool, tao_reserve: 10000, alpha_reserve: 200000 }
  miners:
    - { name: k, count: 12, strategy: hold, skill: { from: 0.5, to: 4 }, stake: { from: 1, to: 100 } }
    - { name: s, count: 12, strategy: { kind: sell_schedule, share: 0.9, every: 1 d }, skill: { from: 0.5, to: 4 }, stake: { from: 100, to: 200 } }
tags:
  staked: [k-2, s-2]
  aged: [k-3, s-3]
  tiers: [k-4, s-4]
  shared: [k-5, s-5]
  kept: [k-6, s-6]
  held: [k-7, s-7]
  sold: [k-8, s-8]
  smoothed: [k-9, s-9]
  curved: [k-10, s-10, k-11]
  bounded: [k-12, s-12, s-11]
  cut: [k-1, s-1]
stages:
  - pools:
      - { name: staked, share: 0.09, members: { tags: [staked] }, stages: [{ gate: { by: stake, at_least: 300, below: scale } }] }
      - { name: aged, share: 0.09, members: { tags: [aged] }, stages: [{ gate: { by: age, at_least: 1.5 } }] }
      - name: tiers
        share: 0.09
        members: { tags: [tiers] }
        stages: [{ multiplier: { rule: stake_tiers, tiers: [{ at_least: 20, value: 3 }, { at_least: 201, value: 9 }] } }]
      - { name: shared, share: 0.09, members: { tags: [shared] }, stages: [{ multiplier: { rule: stake_share, bonus: 9 } }] }
      - { name: kept, share: 0.09, members: { tags: [kept] }, stages: [{ multiplier: { rule: net_stake, bonus: 9, epochs: 4 } }] }
      - { name: held, share: 0.09, members: { tags: [held] }, stages: [{ multiplier: { rule: geometric } }] }
      - name: sold
        share: 0.09
        members: { tags: [sold] }
        stages: [{ selling_penalty: { steps: [{ drop: 0.05, factor: 0.1, hours: 6 }] } }]
      - { name: smoothed, share: 0.09, members: { tags: [smoothed] }, stages: [{ smooth: { kind: window, epochs: 3 } }] }
      - { name: curved, share: 0.09, members: { tags: [curved] }, stages: [{ curve: { kind: power, exponent: 10 } }] }
      - { name: bounded, share: 0.09, members: { tags: [bounded] }, stages: [{ floor: { min_share: 0.3 } }, { cap: { max_share: 0.35 } }] }
      - name: cut
        share: 0.04
        members: { tags: [cut] }
        stages: [{ gate: { by: collateral, at_least: 10, below: scale } }, { threshold: { relative: 0.5 } }]
      - { name: best, share: 0.02, members: { ranks: [1, 3] } }
      - { name: others, share: 0.04, members: rest }
  - residual: burn
record: { tables: all, every_epochs: 1, stage_weights: every }
`;
const EPOCHS = 24;

let folder: string;
let run: OpenRun;
let positions: readonly PositionRow[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-pools-"));
  const file = join(folder, "pools.yaml");
  await writeFile(file, SCENARIO);
  const out = join(folder, "run");
  const { code, err } = await runInProcess(["run", file, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  run = await openRun(out);
  positions = [...(await readPositions(run)).values()];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function positionOf(hotkey: string): number {
  return positions.find((row) => row.hotkey === hotkey)?.position ?? -1;
}

interface StageRow {
  readonly epoch: number;
  readonly position: number;
  readonly share_before: number;
  readonly share_after: number;
}

function followed<Answer>(hotkey: string, epoch: number, use: (again: OpenRun) => Promise<Answer>): Promise<Answer> {
  const position = positionOf(hotkey);
  const as = { without: [], everyEpochs: 1, changes: [], traced: { netuid: 7, epoch }, followed: { netuid: 7, position } };
  return withRunAgain(run, as, {}, use);
}

it("a miner is followed through every pool and stage, as the table has their sum and a trace each of them", async () => {
  const rows = await readTableRows<StageRow>(run, "stage_weights");
  for (const [hotkey, epoch] of [
    ["s-12", 7],
    ["k-1", 19],
    ["s-3", 12],
  ] as const) {
    await followed(hotkey, epoch, async (again) => {
      const own = rows.filter((row) => row.position === positionOf(hotkey));
      expect(own).toHaveLength(EPOCHS);
      for (const row of own) {
        const pools = again.pools?.at(row.epoch) ?? [];
        const sum = pools.reduce((all, { part, share }) => all + part * share, 0);
        expect(Math.abs(sum - row.share_after)).toBeLessThan(1e-12);
        // By the page: the best three by the shares so far, and the pools of its tags.
        const before = rows.filter((one) => one.epoch === row.epoch).map(({ share_before: share }) => share);
        const isBest = before.filter((share) => share > row.share_before).length < 3;
        expect(pools.some(({ pool }) => pool === 11)).toBe(isBest);
        expect(pools).toHaveLength(isBest ? 2 : 1);
        for (const { baseShare, share, stages } of pools) {
          expect(stages[0]?.before ?? share).toBeCloseTo(baseShare, 12);
          if (stages.length === 0) expect(share).toBeCloseTo(baseShare, 14);
          else expect(stages.at(-1)?.after).toBe(share);
          stages.forEach(({ before: entered }, at) => {
            if (at > 0) expect(entered).toBe(stages[at - 1].after);
          });
        }
      }
      const traced = tracedMiner(again.trace ?? null, positionOf(hotkey))(0);
      const at = again.pools?.at(epoch) ?? [];
      expect(at.length).toBeGreaterThan(0);
      expect(at.map(({ stages }) => stages.map(({ before, factor, after }) => [before, factor ?? 1, after]))).toEqual(
        traced?.pools.map(({ told }, p) =>
          at[p].stages.map((stage) => {
            const one = told(stage.at);
            return [one?.before, one?.factor, one?.after];
          }),
        ),
      );
    });
  }
});

it("the pool, its stage and what moved it are named of a whole run, of whatever stage may stand in a pool", async () => {
  const told = async (hotkey: string) =>
    JSON.parse((await runInProcess(["explain", run.dir, "--hotkey", hotkey, "--json"])).out) as RunExplanation;
  const wordsOf = async (hotkey: string) =>
    (await told(hotkey)).ranges.filter(({ change }) => change === "up" || change === "down").map(({ words }) => words);
  const expected: Readonly<Record<string, readonly RegExp[]>> = {
    "s-2": [/^pool staked, stage 1, gate stake: less is held$/, /gate stake: more is held$/],
    "k-3": [
      /^pool aged, stage 1, gate age: it has been registered for 1\.5 days$/,
      /^pool best: it is a member now, since its rank by its share before is now within 1 to 3$/,
      /^pool best: it is no member any more, since its rank by its share before is no longer within 1 to 3$/,
    ],
    "s-4": [/^pool tiers, stage 1, multiplier stake_tiers: its stake reached a higher tier$/],
    "s-5": [/^pool shared, stage 1, multiplier stake_share: its part of the stake of all fell$/],
    "s-6": [/^pool kept, stage 1, multiplier net_stake: what it keeps as stake of its pay fell$/],
    "s-7": [/^pool held, stage 1, multiplier geometric: what it holds aged, or more came/],
    "s-8": [
      /^pool sold, stage 1, selling_penalty: its stake fell, and a step of the penalty began$/,
      /^pool sold, stage 1, selling_penalty: its penalty is over$/,
    ],
    "s-9": [/^pool smoothed, stage 1, smooth window: its share before is \S+ after \S+; the epochs before count, too$/],
    "k-10": [/^pool curved, stage 1, curve power: /],
    "s-11": [/^pool bounded, stage 1, floor: /, /^pool bounded, stage 2, cap: /],
    "k-1": [/^pool cut, stage 1, gate collateral: its collateral fell, below 10$/],
  };
  for (const [hotkey, patterns] of Object.entries(expected)) {
    const words = await wordsOf(hotkey);
    for (const pattern of patterns) expect(words, `${hotkey}: ${pattern}`).toContainEqual(expect.stringMatching(pattern));
    expect(words.filter((one) => !one.startsWith("pool "))).toEqual([]);
  }
  // What its stake does is beside it, and of collateral the row.
  const sold = (await told("s-8")).ranges.filter(({ words }) => /a step of the penalty began$/.test(words));
  expect(sold.every(({ event }) => event?.event === "withdraw")).toBe(true);
  const fell = (await told("k-1")).ranges.find(({ words }) => /gate collateral/.test(words));
  expect(fell?.row).toMatchObject({ value: 4, before: 10, time_ms: Date.UTC(2025, 0, 2) });
  // Without a run again there is what tables have.
  const { ranges } = await explainRun(run, positionOf("s-8"));
  expect(ranges.some(({ words }) => words.startsWith("pool "))).toBe(false);
});

describe("of what moved in a pool", () => {
  type Entry = { readonly entered: number } & Partial<Pick<PoolShare, "baseShare" | "part">> & {
      readonly stages?: readonly (readonly [before: number, factor: number | null, after: number])[];
    };
  /** The cause of a miner's move from one epoch to the next, in one pool or out of it; null: it is no member. */
  function causeOf(members: object, stages: readonly StageConfiguration[], then: Entry | null, now: Entry | null): Cause | undefined {
    const one = { stage: "pools", parameters: { pools: [{ name: "p", share: 1, members, stages, empty: "others" }] } } as const;
    const course = new PoolCourse(1, 0);
    const row = { before: new Float64Array(2), factor: Float64Array.of(1, 1), after: new Float64Array(2) };
    [then, now].forEach((entry, epoch) => {
      const observer = course.begin(epoch, 0);
      row.before[epoch] = entry?.entered ?? 0.5;
      if (entry === null) return;
      const { baseShare = 0.5, part = 1, stages: shares = [] } = entry;
      const before = Float64Array.of(baseShare, 1 - baseShare);
      const told = observer.pool(0, Int32Array.of(0, 1), 2, before);
      shares.forEach(([a, factor, b], at) => {
        told?.(at, Float64Array.of(a, 0), factor === null ? null : Float64Array.of(factor, 0), Float64Array.of(b, 0));
      });
      const share = shares.at(-1)?.[2] ?? baseShare;
      observer.given(0, part, Float64Array.of(share, 0));
      row.after[epoch] = part * share;
    });
    const change = row.after[1] > row.after[0] ? "up" : "down";
    return stageMover(one, row, new OwnEvents([]), null, { course }).cause?.({ before: 0, from: 1, to: 1, change, startMs: 0, endMs: 1 });
  }
  const all = { kind: "all" };
  const stage = (name: string, parameters: object, variant?: string | PlugIn<MultiplierRule>) =>
    ({ stage: name, parameters, ...(variant === undefined ? {} : { variant, of: {} }) }) as StageConfiguration;
  const only = (words: string) => ({ words, event: null, events: 0 });

  it("who came into it or left it is told how", () => {
    const member = { entered: 0.5 };
    expect(causeOf({ kind: "uids", from: 3, to: 9 }, [], null, member)).toEqual(
      only("pool p: it is a member now, since its uid is now within 3 to 9"),
    );
    expect(causeOf({ kind: "uids", from: 3, to: 9 }, [], member, null)).toEqual(
      only("pool p: it is no member any more, since its uid is no longer within 3 to 9"),
    );
    expect(causeOf({ kind: "rest" }, [], member, null)?.words).toMatch(/, since it is in another pool now$/);
    expect(causeOf({ kind: "tags", tags: ["a", "b"] }, [], null, member)?.words).toMatch(/, since it is tagged a, b now$/);
    expect(causeOf({ kind: "names", names: ["m"] }, [], member, null)?.words).toMatch(/none of those that are named any more$/);
  });

  it("its own share, those of others, and what the pool gives are told apart", () => {
    expect(causeOf(all, [], { entered: 0.5, baseShare: 0.5 }, { entered: 0.6, baseShare: 0.6 })).toEqual(
      only("pool p: its share before is 0.6 after 0.5"),
    );
    expect(causeOf(all, [], { entered: 0.5, baseShare: 0.5 }, { entered: 0.5, baseShare: 0.4 })).toEqual(
      only("pool p: its other members have more before it"),
    );
    expect(causeOf(all, [], { entered: 0.5, part: 0.7 }, { entered: 0.5, part: 1 })).toEqual(
      only("pool p: it gives 1 of the pot after 0.7, since another is empty"),
    );
    expect(causeOf(all, [], { entered: 0.5, part: 1 }, { entered: 0.5, part: 0.7 })?.words).toMatch(/empty no longer$/);
  });

  it("its own factor and those of others are told apart, and of a share that vanished the first stage is named", () => {
    const volume = stage("gate", { by: "volume", atLeast: 1, unit: "tao", below: "scale" });
    const entered = 0.5;
    expect(causeOf(all, [volume], { entered, stages: [[0.5, 1, 0.5]] }, { entered, stages: [[0.5, 0.2, 0.2]] })).toEqual(
      only("pool p, stage 1, gate volume: it traded less TAO in the epoch"),
    );
    expect(causeOf(all, [volume], { entered, stages: [[0.5, 1, 0.5]] }, { entered, stages: [[0.5, 1, 0.4]] })).toEqual(
      only("pool p, stage 1, gate volume: the factors of its other members rose"),
    );
    const stages = [stage("threshold", { relative: 0.5, absolute: 0 }), stage("cap", { maxShare: 0.4, excess: "others" })];
    const gone = causeOf(
      all,
      stages,
      {
        entered,
        stages: [
          [0.5, null, 0.5],
          [0.5, null, 0.4],
        ],
      },
      {
        entered,
        stages: [
          [0.5, null, 0],
          [0, null, 0],
        ],
      },
    );
    expect(gone).toEqual(only("pool p, stage 1, threshold: its share before, 0.5, is below what the threshold asks for"));
  });

  it("of a limit it is said where it came under it, or from it", () => {
    const entered = 0.5;
    const cap = stage("cap", { maxShare: 0.4, excess: "others" });
    expect(causeOf(all, [cap], { entered, stages: [[0.39, null, 0.5]] }, { entered, stages: [[0.41, null, 0.4]] })?.words).toBe(
      "pool p, stage 1, cap: its share before, 0.41, is above max_share 0.4",
    );
    const floor = stage("floor", { minShare: 0.2 });
    expect(causeOf(all, [floor], { entered, stages: [[0.19, null, 0.2]] }, { entered, stages: [[0.21, null, 0.1]] })?.words).toBe(
      "pool p, stage 1, floor: its share before, 0.21, is no longer below min_share 0.2",
    );
  });

  it("a bonus that a gate of the pool may have withheld is told so", () => {
    const stages = [stage("gate", { by: "stake", atLeast: 1, unit: "alpha", below: "no_bonus" }), stage("multiplier", {}, "geometric")];
    const entry = (factor: number, after: number): Entry => ({
      entered: 0.5,
      stages: [
        [0.5, 1, 0.5],
        [0.5, factor, after],
      ],
    });
    expect(causeOf(all, stages, entry(1, 0.5), entry(1.5, 0.6))?.words).toBe(
      "pool p, stage 2, multiplier geometric: it goes by what is held, and stage 1 of the pool may have withheld the bonus before or since",
    );
    expect(causeOf(all, stages, entry(1.2, 0.55), entry(1.5, 0.6))?.words).toBe(
      "pool p, stage 2, multiplier geometric: what it holds aged, or more came",
    );
  });
});
