import { describe, expect, it } from "vitest";
import type { StageConfiguration } from "../../../engine/index.js";
import { DEFAULT_MULTIPLIER_PARAMETERS } from "../../../engine/rules/multipliers/index.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
type Changes = Parameters<typeof configuration>[0];

/** Three miners over 30 days: one holds, one sells a part now and then, one sells all it gets. */
function miners(): MemoryStream[] {
  const days = Array.from({ length: 30 }, (_, day) => START + (day + 1) * DAY);
  return [
    {
      kind: "emission",
      rows: days.flatMap((timeMs, day) => [pay(timeMs, "a", T), pay(timeMs, "b", 2 * T + day), pay(timeMs, "c", 3 * T)]),
    },
    {
      kind: "stake",
      rows: days.flatMap((timeMs, day) => [
        ...(day % 5 === 4 ? [stake(timeMs + 1_000, "removed", "b", T)] : []),
        stake(timeMs + 2_000, "removed", "c", 3 * T),
      ]),
    },
  ];
}

const metricsOf = (changes: Changes, streams = miners()) => run(configuration(changes), streams).summary.metrics;

/** pot_moved, and Gini before and after, from the table of weights alone. */
function fromWeights(rows: readonly Row[], potsRao: readonly number[], column: "final_weight" | "shadow_multiplier") {
  let weighted = 0;
  const before = new Map<unknown, number>();
  const after = new Map<unknown, number>();
  potsRao.forEach((pot, at) => {
    const epoch = rows.filter((row) => row.epoch === at + 1);
    const base = epoch.map((row) => Number(row.base_weight));
    const total = base.reduce((a, b) => a + b, 0);
    const raw = epoch.map((row, i) => (column === "final_weight" ? Number(row.final_weight) : base[i] * Number(row.shadow_multiplier)));
    const sum = raw.reduce((a, b) => a + b, 0);
    epoch.forEach((row, i) => {
      weighted += pot * Math.max(0, base[i] / total - raw[i] / sum);
      before.set(row.position, (before.get(row.position) ?? 0) + (pot * base[i]) / total);
      after.set(row.position, (after.get(row.position) ?? 0) + (pot * raw[i]) / sum);
    });
  });
  const gini = (amounts: readonly number[]) => {
    const total = amounts.reduce((a, b) => a + b, 0);
    return (
      amounts.flatMap((one) => amounts.map((other) => Math.abs(one - other))).reduce((a, b) => a + b, 0) / (2 * amounts.length * total)
    );
  };
  return {
    potMoved: weighted / potsRao.reduce((a, b) => a + b, 0),
    giniBefore: gini([...before.values()]),
    giniAfter: gini([...after.values()]),
  };
}

describe("figures of a run", () => {
  const pots = Array.from({ length: 30 }, (_, day) => 6 * T + day);

  it.each([
    ["redistribute", "on", "final_weight"],
    ["replay", "on", "final_weight"],
    ["redistribute", "shadow", "shadow_multiplier"],
  ] as const)("are what the table of weights says, whether it is recorded or not (%s, %s)", (mode, vesting, column) => {
    const changes: Changes = { emission: { mode }, vesting: { mode: vesting } };
    const { tables, summary } = run(configuration(changes), miners());
    const expected = fromWeights(tables.weights, pots, column);
    const { metrics } = summary;
    expect(expected.potMoved).toBeGreaterThan(0.01);
    expect(metrics).toMatchObject({ epochs: 30, unpaidEpochs: 0, undecided: [] });
    expect(metrics?.potMoved).toBeCloseTo(expected.potMoved, 12);
    expect(metrics?.subnets).toHaveLength(1);
    expect(metrics?.subnets[0]).toMatchObject({ netuid: 1, epochs: 30, miners: 3, potMoved: metrics?.potMoved });
    expect(metrics?.subnets[0].giniBefore).toBeCloseTo(expected.giniBefore, 12);
    expect(metrics?.subnets[0].giniAfter).toBeCloseTo(expected.giniAfter, 12);
    expect(metricsOf({ ...changes, record: { tables: [], everyEpochs: 7 } })).toEqual(metrics);
  });

  it("move nothing and ask nothing with vesting off", () => {
    expect(metricsOf({ emission: { mode: "redistribute" }, vesting: { mode: "off" } })).toMatchObject({ potMoved: 0, undecided: [] });
  });

  it("ask for a target where a rule of the run has one", () => {
    const whole = { kind: "emission" as const, rows: [1, 2, 3].flatMap((day) => ["a", "b"].map((key) => pay(START + day * DAY, key, T))) };
    const asked = (changes: Changes) => metricsOf({ emission: { mode: "redistribute" }, ...changes }, [whole])?.undecided;
    const listOf = (...stages: StageConfiguration[]) => ({ stages: { stages, residual: null, recordsEveryEpoch: false } });
    const curve: StageConfiguration = { stage: "curve", parameters: { ties: "average" }, variant: "geometric", of: { ratio: 0.5 } };
    const multiplier = (variant: string): StageConfiguration => ({
      stage: "multiplier",
      parameters: {},
      variant,
      of: DEFAULT_MULTIPLIER_PARAMETERS,
    });
    expect(asked({})).toContain("retention_target");
    expect(asked({ vesting: { rule: "tiered" } })).not.toContain("retention_target");
    expect(asked(listOf(curve))).not.toContain("retention_target");
    expect(asked(listOf(multiplier("tiered"), curve))).not.toContain("retention_target");
    expect(asked(listOf(curve, multiplier("geometric")))).toContain("retention_target");
  });

  it("are kept apart by subnet, and one by their pots", () => {
    const streams = miners().map((one) => ({
      ...one,
      rows: one.rows.flatMap((row) => [row, { ...row, netuid: 2, amount_rao: Number(row.amount_rao) * 3 }]),
    }));
    const metrics = metricsOf({ emission: { mode: "redistribute" } }, streams);
    expect(metrics?.subnets.map(({ netuid, epochs, miners: count }) => [netuid, epochs, count])).toEqual([
      [1, 30, 3],
      [2, 30, 3],
    ]);
    const [one, two] = metrics?.subnets ?? [];
    expect(metrics?.potMoved).toBeCloseTo((one.potMoved + 3 * two.potMoved) / 4, 12);
  });

  it("are none where nothing was ever paid to a miner", () => {
    expect(metricsOf({}, [{ kind: "emission", rows: [pay(START + DAY, "v", T, { role: "validator" })] }])).toBeNull();
  });

  it("count what outside carries as a taker, not as a miner", () => {
    const outside = { minerPotRaoPerBlock: T };
    const metrics = metricsOf({ emission: { mode: "redistribute", outside } }, [
      { kind: "emission", rows: [1, 2, 3].map((day) => pay(START + day * DAY, "a", 720 * T)) },
    ]);
    // One of ten parts, times 1.x from the second day on.
    expect(metrics).toMatchObject({ undecided: ["retention_target"], subnets: [{ miners: 1 }] });
    expect(metrics?.potMoved).toBeGreaterThan(0);
  });
});

describe("what the data of a run cannot decide", () => {
  const daily = (names: readonly string[]): MemoryStream => ({
    kind: "emission",
    rows: [1, 2, 3, 4].flatMap((day) => names.map((name) => pay(START + day * DAY, name, T))),
  });
  const undecided = (vesting: NonNullable<Changes["vesting"]>, ...streams: readonly MemoryStream[]) =>
    metricsOf({ vesting }, [...streams])?.undecided;

  it("is any rule where each pot has one taker, and the target where it held everything", () => {
    expect(undecided({}, daily(["a"]))).toEqual(["one_sharer", "retention_target"]);
  });

  it("is the rule where all have one multiplier", () => {
    expect(undecided({}, daily(["a", "b"]))).toEqual(["equal_multipliers", "retention_target"]);
  });

  it("is the target where everybody holds all or nothing, for rules that have one", () => {
    const sold: MemoryStream = { kind: "stake", rows: [1, 2, 3, 4].map((day) => stake(START + day * DAY + 1, "removed", "b", T)) };
    expect(undecided({}, daily(["a", "b"]), sold)).toEqual(["retention_target"]);
    expect(undecided({ rule: "linear_retention" }, daily(["a", "b"]), sold)).toEqual(["retention_target"]);
    const tiers = { amountTiers: [{ atLeast: 0.5, value: 1.3 }], timeTiers: [{ atLeast: 1, value: 1.3 }] };
    expect(undecided({ rule: "tiered", ...tiers }, daily(["a", "b"]), sold)).toEqual([]);
    // And indeed: no target changes a multiplier.
    const of = (retentionTarget: number) => run(configuration({ vesting: { retentionTarget } }), [daily(["a", "b"]), sold]).tables.holdings;
    expect(of(0.2)).toEqual(of(1));
  });

  it("is nothing where somebody held a part", () => {
    const sold: MemoryStream = { kind: "stake", rows: [stake(START + DAY + 1, "removed", "b", T / 4)] };
    expect(undecided({}, daily(["a", "b"]), sold)).toEqual([]);
  });
});
