import { describe, expect, it } from "vitest";
import type { ResultTableName, SimulationConfiguration, StageConfiguration, StageListConfiguration } from "../../engine/index.js";
import { type MinerReport, minerReport } from "../../reports/miner-report.js";
import type { RunRules } from "../../reports/rules.js";
import { PLAIN_STYLE } from "../../reports/style.js";
import { minerText } from "../../reports/text/miner-text.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "../engine/in-memory.js";
import { tableSource } from "./table-source.js";

const T = 1_000_000_000;

const multiplier = (maxMultiplier: number): StageConfiguration => ({
  stage: "multiplier",
  parameters: {},
  variant: "geometric",
  of: { retentionTarget: 0.9, retentionWindowDays: 30, maxMultiplier },
});
const gate = (atLeast: number, below: string, unit = "alpha"): StageConfiguration => ({
  stage: "gate",
  parameters: { by: "stake", atLeast, unit, below, power: 1 },
});
const curve = (ties: string, variant: string, of: object): StageConfiguration => ({ stage: "curve", parameters: { ties }, variant, of });
const burn = (share: number): StageConfiguration => ({ stage: "burn", parameters: { share } });
const own = (rule: object) => ({ file: "./own.ts", rule, values: {} });
const listOf = (residual: StageListConfiguration["residual"], ...stages: StageConfiguration[]): StageListConfiguration => ({
  stages,
  residual,
  recordsEveryEpoch: true,
});

/** Three epochs of 3, 2 and 1 alpha; two put in stake of their own, the seller sold, and the last does not pay it. */
const emission: MemoryStream = {
  kind: "emission",
  rows: [1, 20, 31].flatMap((day) =>
    ["a", "b", "seller"].flatMap((miner, uid) => (day === 31 && uid === 2 ? [] : [pay(START + day * DAY, miner, (3 - uid) * T, { uid })])),
  ),
};
const STREAMS: readonly MemoryStream[] = [
  emission,
  {
    kind: "stake",
    rows: [
      stake(START + 0.5 * DAY, "added", "a", 3 * T),
      stake(START + 0.5 * DAY, "added", "b", T),
      stake(START + 2 * DAY, "removed", "seller", 0.3 * T),
    ],
  },
];

type Changes = Parameters<typeof configuration>[0];
interface Asked {
  readonly hotkey: string;
  readonly epoch?: number;
  /** Tables that the run recorded; left out: all. */
  readonly without?: readonly ResultTableName[];
}

/** What is told of a miner of a run of the engine, by its tables alone. */
async function reportOf(changes: Changes, asked: Asked, streams = STREAMS): Promise<MinerReport> {
  const config: SimulationConfiguration = configuration({ emission: { mode: "redistribute" }, ...changes });
  const { tables } = run(config, streams);
  const recorded = config.record.tables.filter((name) => !(asked.without ?? []).includes(name));
  const rows = Object.fromEntries(recorded.map((name) => [name, tables[name] ?? []]));
  const rules: RunRules = { ...config, beforeRule: "recorded", stagesStated: 0 };
  return minerReport(tableSource(rows as Record<ResultTableName, Row[]>), rules, { hotkey: asked.hotkey, epoch: asked.epoch });
}

const step = (report: MinerReport, stage: number) => {
  const found = report.stages?.[stage - 1];
  if (found === undefined) throw new Error(`no stage ${stage}`);
  return found;
};
const text = (report: MinerReport, width = 80) => minerText(report, { ...PLAIN_STYLE, width });
const fits = (told: string) => expect(told.split("\n").filter((line) => line.length > 80)).toEqual([]);
const term = (report: MinerReport, stage: number, name: string) => step(report, stage).terms.find((one) => one.name === name)?.value;

describe("the pot of an epoch under a list of stages", () => {
  const stages = listOf("burn", multiplier(2), burn(0.1));

  it("holds what went elsewhere, in the last epoch that paid a miner, too", async () => {
    const last = (await reportOf({ stages }, { hotkey: "seller" })).last_paid;
    expect(last?.epoch.epoch).toBe(2);
    expect(last?.weight_shares?.pot_rao).toBe(BigInt(6 * T));
    expect((await reportOf({ stages }, { hotkey: "a" })).weight_shares).toMatchObject({ pot_rao: BigInt(5 * T), pot_lacks: [] });
  });

  it("is not told where residuals were not recorded, but the table that lacks", async () => {
    const report = await reportOf({ stages }, { hotkey: "a", without: ["residuals"] });
    expect(report.weight_shares).toMatchObject({ pot_rao: null, pot_lacks: ["residuals"] });
    expect(text(report)).toMatch(/pot +-\n +not all of it was recorded \(record.tables: residuals\)/);
    const neither = await reportOf({ stages }, { hotkey: "a", without: ["residuals", "rewards"] });
    expect(neither.weight_shares?.pot_lacks).toEqual(["rewards", "residuals"]);
  });

  it("lacks nothing where no list sends anything elsewhere: none, one that normalises, one in shadow mode", async () => {
    for (const changes of [
      {},
      { stages: listOf(null, multiplier(2)) },
      { stages, vesting: { mode: "shadow" as const } },
      { stages, emission: { mode: "replay" as const } },
    ]) {
      const { weight_shares: shares } = await reportOf(changes, { hotkey: "a", without: ["residuals"] });
      expect(shares).toMatchObject({ pot_rao: BigInt(5 * T), pot_lacks: [] });
    }
  });
});

describe("the chain of stages", () => {
  it("names the ceilings it divides by, and ends with what went elsewhere", async () => {
    const report = await reportOf({ stages: listOf("burn", gate(1, "zero"), multiplier(2), burn(0.1)) }, { hotkey: "a" });
    for (const stage of [1, 2]) {
      const { share_before: before, share_after: after, factor, ceiling } = step(report, stage);
      expect(after).toBeCloseTo(((before ?? 0) * (factor ?? 0)) / (ceiling ?? 0), 14);
    }
    expect([step(report, 1).ceiling, step(report, 2).ceiling, step(report, 3).ceiling]).toEqual([1, 2, null]);
    const residual = step(report, 4);
    expect(residual).toMatchObject({ name: "residual", variant: "burn", effect: "residual" });
    expect(residual.share_after).toBeCloseTo(report.weight?.final_weight ?? 0, 14);
    const other = await reportOf({ stages: listOf("burn", gate(1, "zero"), multiplier(2), burn(0.1)) }, { hotkey: "b" });
    const paid = (report.weight?.final_weight ?? 0) + (other.weight?.final_weight ?? 0);
    const rao = 5 * T - Number(report.pay.epoch_paid_rao) - Number(other.pay.epoch_paid_rao);
    expect(paid).toBeGreaterThan(0);
    expect(residual.elsewhere).toEqual([{ goes_to: "burn", share: expect.closeTo(1 - paid, 12), amount_rao: rao }]);
    const told = text(report);
    expect(told).toMatch(/stage +before +factor +ceiling +after/);
    expect(told).toMatch(/4 residual burn +\S+ % +\S+ % elsewhere +- +\S+ %/);
    expect(told.replace(/\s+/g, " ")).toContain("after = before * factor / ceiling. What factors are below their ceilings goes to burn.");
    fits(told);
  });

  it("divides by no ceiling where shares are normalised", async () => {
    const report = await reportOf({ stages: listOf(null, multiplier(2)) }, { hotkey: "a" });
    expect(report.stages?.map(({ ceiling }) => ceiling)).toEqual([null, null]);
    expect(step(report, 2)).toMatchObject({ variant: "normalise", elsewhere: [] });
    expect(text(report)).not.toContain("ceiling");
  });

  it("tells what would go elsewhere where nothing is paid by it", async () => {
    const stages = listOf("owner", multiplier(2), burn(0.1));
    const paid = await reportOf({ stages }, { hotkey: "a", epoch: 1 });
    const would = await reportOf({ stages, vesting: { mode: "shadow" } }, { hotkey: "a", epoch: 1 });
    expect(step(would, 3).elsewhere).toEqual(
      step(paid, 3).elsewhere?.map(({ goes_to, share }) => ({ goes_to, share: expect.closeTo(share, 12), amount_rao: null })),
    );
  });
});

describe("a bonus that a gate withheld", () => {
  const stages = listOf("burn", gate(2.5, "no_bonus"), multiplier(2));

  it("is said to be withheld, and not explained by a number that was not applied", async () => {
    const report = await reportOf({ stages }, { hotkey: "b", epoch: 2 });
    expect(step(report, 2)).toMatchObject({ factor: 1, withheld_by: 1 });
    expect(step(report, 2).terms.at(-1)).toEqual({
      name: "factor",
      formula: "stage 1, gate, withholds the bonus, so it is 1",
      value: 1,
    });
    expect(text(report)).toContain("stage 1, gate, withholds the bonus, so it is 1");
    const above = await reportOf({ stages }, { hotkey: "a", epoch: 2 });
    expect(step(above, 2).withheld_by).toBeNull();
    expect(step(above, 2).terms.at(-1)).toMatchObject({ name: "multiplier", value: step(above, 2).factor });
  });

  it("is one of rules of one's own, too: the multiplier's, and a gate that says whom it withholds", async () => {
    const fee = own({ name: "fee", meaning: "0.4", kind: "multiplier_rule", parameters: {}, ceiling: () => 2, bind: () => () => 0.4 });
    const strict = own({
      name: "strict",
      meaning: "takes all bonuses",
      effect: "factor",
      parameters: {},
      bind: () => ({ ceiling: 1, factor: () => 1, withholds: () => true }),
    });
    const multiplied = { stage: "multiplier", parameters: {}, variant: fee, of: {} } as never as StageConfiguration;
    const gated = { stage: strict, parameters: {} } as never as StageConfiguration;
    for (const [first, second] of [
      [gate(2.5, "no_bonus"), multiplied],
      [gated, multiplied],
      [gated, multiplier(2)],
    ]) {
      const report = await reportOf({ stages: listOf("burn", first, second) }, { hotkey: "b", epoch: 2 });
      expect(step(report, 2)).toMatchObject({ factor: 1, withheld_by: 1, note: null });
      expect(step(report, 2).terms.at(-1)).toMatchObject({ name: "factor", value: 1 });
    }
  });
});

describe("a gate in TAO", () => {
  const price = (timeMs: number, tao: number): Row => ({ time_ms: timeMs, netuid: 1, price_tao_per_alpha: tao });
  const priced = [...STREAMS, { kind: "price", rows: [price(START + DAY / 4, 0.5), price(START + 31 * DAY, 0.25)] } as const];
  const stages = listOf("burn", gate(1.2, "no_bonus", "tao"), multiplier(2));

  it("has a note where the results hold no price, and what is known without", async () => {
    const report = await reportOf({ stages }, { hotkey: "b" }, priced);
    expect(step(report, 1).terms.map(({ name, value }) => [name, value])).toEqual([
      ["stake_alpha", expect.any(Number)],
      ["at_least", 1.2],
      ["factor", 1],
    ]);
    expect(step(report, 1).note).toMatch(/^Stage 1, gate: what its stake was worth in TAO is not shown, since the results hold no price/);
    // Less than 4.8 alpha at 0.25: below; that the bonus was withheld follows from the factor alone.
    expect(step(report, 2)).toMatchObject({ factor: 1, withheld_by: 1 });
    fits(text(report));
  });

  it("is explained by the price in force at the end of the epoch where the table prices tells it", async () => {
    const config = configuration({ emission: { mode: "redistribute" }, stages });
    const { tables } = run(config, priced);
    const at = (day: number, price_tao: number, age_s: number): Row => ({ time_ms: START + day * DAY, netuid: 1, price_tao, age_s });
    const rules: RunRules = { ...config, beforeRule: "recorded", stagesStated: 0 };
    const told = (prices: Row[]) => minerReport(tableSource({ ...tables, prices }), rules, { hotkey: "a", epoch: 2 });
    // Of day 21, two days old: in force at the end of the epoch, on day 20.
    const known = await told([at(21, 0.5, 2 * 86_400)]);
    expect([term(known, 1, "stake_alpha"), term(known, 1, "price"), term(known, 1, "stake")]).toEqual([4.5, 0.5, 2.25]);
    expect(step(known, 1)).toMatchObject({ note: null, factor: 1 });
    expect(step(known, 2).withheld_by).toBeNull();
    // One that came after it says nothing of it, nor does one that was before.
    expect(step(await told([at(21, 0.5, 3_600)]), 1).note).toMatch(/no price/);
    expect(step(await told([at(19, 0.5, 0)]), 1).note).toMatch(/no price/);
  });
});

describe("the rank of a miner among others of its weight", () => {
  const tied: MemoryStream = {
    kind: "emission",
    rows: [1, 2].flatMap((day) => [5, 2, 2, 1].map((alpha, uid) => pay(START + day * DAY, `m${uid}`, alpha * T, { uid }))),
  };
  const rankOf = async (ties: string, hotkey: string, variant = "geometric", of: object = { ratio: 0.5 }) => {
    const report = await reportOf({ stages: listOf(null, curve(ties, variant, of)) }, { hotkey }, [tied]);
    return ["rank", "tied", "ranked"].map((name) => term(report, 1, name));
  };

  it("is its own where the order decides, and shared where it does not", async () => {
    expect(await rankOf("uid", "m1")).toEqual([2, undefined, 4]);
    expect(await rankOf("uid", "m2")).toEqual([3, undefined, 4]);
    expect(await rankOf("uid", "m3")).toEqual([4, undefined, 4]);
    for (const hotkey of ["m1", "m2"]) expect(await rankOf("average", hotkey)).toEqual([2, 2, 4]);
    // A curve of weights gives them the same, whatever the order.
    expect(await rankOf("uid", "m2", "power", { exponent: 2 })).toEqual([2, 2, 4]);
  });
});

describe("stages of an epoch that has no rows of them", () => {
  const stages = { ...listOf("burn", gate(2.5, "no_bonus"), multiplier(2), burn(0.1)), recordsEveryEpoch: false };

  it("are asked again of what was held, with the key that records them and the product of the factors", async () => {
    const whole = await reportOf({ stages: { ...stages, recordsEveryEpoch: true } }, { hotkey: "a", epoch: 2 });
    const report = await reportOf({ stages }, { hotkey: "a", epoch: 2 });
    expect(report.stages_note).toMatch(
      /^The run did not record what its stages did in this epoch \(record.stage_weights: every\); the product of its factors was 1\.\d+\. Factors are asked again of what it held\.$/,
    );
    for (const stage of [1, 2]) {
      expect(step(report, stage)).toMatchObject({
        factor: step(whole, stage).factor,
        terms: step(whole, stage).terms,
        share_before: null,
        share_after: null,
      });
    }
    expect(step(await reportOf({ stages }, { hotkey: "b", epoch: 2 }), 2)).toMatchObject({ factor: 1, withheld_by: 1 });
    const told = text(report).replace(/\s+/g, " ");
    expect(told).toContain("(record.stage_weights: every)");
    expect(told).toContain("Stage 2, multiplier geometric");
    fits(text(report));
  });

  it("name the tables that lack, of stages and of what they are asked of", async () => {
    const report = await reportOf({ stages }, { hotkey: "a", epoch: 2, without: ["stage_weights", "holdings"] });
    expect(report.stages_note).toMatch(
      /record.tables: stage_weights, record.stage_weights: every\), and not its holdings, .*record.tables: holdings/,
    );
    expect(report.stages_note).toMatch(/; the product of its factors was 1\.\d+\.$/);
    expect(step(report, 2)).toMatchObject({ factor: null, terms: [] });
    expect((await reportOf({ stages }, { hotkey: "a" })).stages_note).toBeNull();
    expect((await reportOf({ stages }, { hotkey: "a", without: ["stage_weights"] })).stages_note).toContain(
      "(record.tables: stage_weights)",
    );
  });
});

describe("who is no miner", () => {
  const roles: MemoryStream = {
    kind: "emission",
    rows: [1, 2].flatMap((day) =>
      ["miner", "validator", "owner"].map((role, at) => pay(START + day * DAY, `the-${role}`, T, { uid: at === 0 ? 0 : -1, role })),
    ),
  };

  it("is said to be paid as what it is, and not to be unregistered or without a weight", async () => {
    for (const changes of [{ stages: listOf("burn", multiplier(2)) }, {}]) {
      const validator = text(await reportOf(changes, { hotkey: "the-validator" }, [roles]), 200);
      expect(validator).toMatch(/^hotkey +the-validator {2}\(subnet 1, paid as a validator\)$/m);
      expect(validator).toContain("It is paid as a validator, and has no weight among the miners: ");
      expect(validator).not.toMatch(/not registered|had no weight/);
      expect(text(await reportOf(changes, { hotkey: "the-owner" }, [roles]), 200)).toContain("It is paid as the owner, and has no weight");
      expect(text(await reportOf(changes, { hotkey: "the-miner" }, [roles]), 200)).not.toContain("paid as");
    }
  });

  it("was no miner yet, or the run recorded no weights: that is told of a miner", async () => {
    const stages = listOf("burn", multiplier(2));
    expect(text(await reportOf({ stages }, { hotkey: "the-miner", without: ["weights"] }, [roles]))).toContain("(record.tables: weights)");
  });
});
