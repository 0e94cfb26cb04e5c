import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GuardReport } from "../../../reports/index.js";
import { SMALL_SCENARIOS } from "../../digests/small-scenarios.js";
import { byCause, GuardedFolder, MADE, type Row, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

async function planted(name: string, before: Settings, after: Settings): Promise<GuardReport> {
  const report = await folder.planted(name, before, after);
  expect(report).toMatchObject({ ok: false, outcome: "differs" });
  return report;
}

/** What a miner held at the end of an epoch, from the tables of a run. */
interface Held {
  readonly hotkey: string;
  readonly stake: number;
  readonly received: number;
  readonly share: number;
  readonly days: number;
}

const rowsIn = (settings: Settings, wanted: string) => folder.rowsIn(settings, wanted);

async function heldIn(settings: Settings): Promise<readonly Held[]> {
  const { rows, hotkeys } = await rowsIn(settings, "holdings");
  return rows.map(({ position, stake_rao: stake, received_rao: received, held_share: share, held_days: days }) => {
    return { hotkey: hotkeys[position], stake, received, share, days };
  });
}

interface Weight {
  readonly hotkey: string;
  readonly base: number;
  readonly multiplier: number;
}

/** Base weights and multipliers, epoch by epoch. */
async function weightsIn(settings: Settings): Promise<readonly (readonly Weight[])[]> {
  const { rows, hotkeys } = await rowsIn(settings, "weights");
  const epochs = new Map<number, Weight[]>();
  for (const { epoch, position, base_weight: base, multiplier } of rows) {
    epochs.set(epoch, [...(epochs.get(epoch) ?? []), { hotkey: hotkeys[position], base, multiplier }]);
  }
  return [...epochs.values()];
}

/** docs/explanation/weights.md, once more: who is cut, of those who have a weight. */
function cutBy(weights: readonly Weight[], { relative, absolute }: { relative: number; absolute: number }): ReadonlySet<string> {
  const sum = weights.reduce((all, { base }) => all + base, 0);
  const counted = weights.filter(({ base, multiplier }) => base * multiplier > 0);
  const cut = counted.filter(({ base, multiplier }) => multiplier < relative || (base * multiplier) / sum < absolute);
  return new Set(cut.length === counted.length ? [] : cut.map(({ hotkey }) => hotkey));
}

/** Who is hit by a change of a rule: whoever held something, once, of which the two rules make different things. */
async function hitBy(settings: Settings, before: (held: Held) => number, after: (held: Held) => number): Promise<readonly string[]> {
  const held = await heldIn(settings);
  return [...new Set(held.filter((one) => before(one) !== after(one)).map(({ hotkey }) => hotkey))].sort();
}

/** docs/explanation/multipliers.md, once more. */
const geometric =
  ({ target = 0.9, window = 30, most = 1.5, minimum = 0.3 }) =>
  ({ stake, received, share, days }: Held) =>
    received === 0 || stake < minimum * 1e9 ? 1 : 1 + Math.sqrt(Math.min(1, share / target) * Math.min(1, days / window)) * (most - 1);

const vesting = (settings: Settings): Settings => ({ ...MADE, vesting: settings });

describe("one constant of a multiplier rule", () => {
  it.each([
    { key: "retention_target", from: 0.9, to: 0.5, cause: "multiplier.percentage_factor", as: "target" },
    { key: "retention_window_days", from: 30, to: 2, cause: "multiplier.duration_factor", as: "window" },
    { key: "max_multiplier", from: 1.5, to: 2, cause: "multiplier.multiplier", as: "most" },
    { key: "minimum_stake", from: 0.3, to: 60, cause: "multiplier.minimum_stake", as: "minimum" },
  ])("$key: $cause, and exactly who is hit", async ({ key, from, to, cause, as }) => {
    const report = await planted(`geometric-${as}`, vesting({ [key]: from }), vesting({ [key]: to }));
    const hit = await hitBy(vesting({ [key]: from }), geometric({ [as]: from }), geometric({ [as]: to }));
    expect(hit.length).toBeGreaterThan(0);
    expect(byCause(report)[cause]).toEqual(hit);
    const others = Object.keys(byCause(report)).filter((one) => one !== cause);
    expect(others.filter((one) => one !== "others_weights")).toEqual([]);
    expect(report.groups[0]).toMatchObject({ rule: "geometric", changed: [{ path: `vesting.${key}`, a: from, b: to }] });
  });

  it("a minimum that only some are below hits only these", async () => {
    // Miners of this subnet end with more than this; only some begin with less.
    const held = await heldIn(vesting({}));
    const least = new Map<string, number>();
    for (const { hotkey, stake, received } of held) {
      if (received > 0) least.set(hotkey, Math.min(least.get(hotkey) ?? Number.POSITIVE_INFINITY, stake));
    }
    const sorted = [...least.values()].sort((a, b) => a - b);
    const minimum = Math.round((sorted[2] + sorted[3]) / 2) / 1e9;
    const report = await planted("some", vesting({ minimum_stake: 0 }), vesting({ minimum_stake: minimum }));
    const hit = await hitBy(vesting({ minimum_stake: 0 }), geometric({ minimum: 0 }), geometric({ minimum }));
    expect(hit.length).toBeGreaterThan(0);
    const rest = [...least.keys()].filter((hotkey) => !hit.includes(hotkey)).sort();
    expect(rest.length).toBeGreaterThan(0);
    expect(byCause(report)).toEqual({ "multiplier.minimum_stake": hit, others_weights: rest });
  });

  it("linear_retention: its target", async () => {
    const rule = (target: number) => vesting({ rule: "linear_retention", retention_target: target, minimum_stake: 0 });
    const report = await planted("linear", rule(0.9), rule(0.4));
    const linear =
      (target: number) =>
      ({ received, share }: Held) =>
        received === 0 ? 1 : Math.min(1, share / target);
    expect(byCause(report)["multiplier.multiplier"]).toEqual(await hitBy(rule(0.9), linear(0.9), linear(0.4)));
    expect(report.groups[0].rule).toBe("linear_retention");
  });

  it("tiered: the value of a tier", async () => {
    const tiers = (value: number) =>
      vesting({ rule: "tiered", tiers: { amount: [{ at_least: 0.3, value }], time: [{ at_least: 1, value: 1.25 }] } });
    const report = await planted("tiered", tiers(1.1), tiers(1.2));
    expect(report.groups[0]).toMatchObject({ cause: "multiplier.amount_tier", rule: "tiered" });
    const hit = (await heldIn(tiers(1.1))).filter(({ share, received }) => received > 0 && share >= 0.3).map(({ hotkey }) => hotkey);
    expect(byCause(report)["multiplier.amount_tier"]).toEqual([...new Set(hit)].sort());
  });

  it.each([
    { part: "relative", from: { relative: 0.5, absolute: 0 }, to: { relative: 0.8, absolute: 0 } },
    { part: "absolute", from: { relative: 0, absolute: 0.05 }, to: { relative: 0, absolute: 0.06 } },
  ])("the $part threshold of the redistribution: whoever it cuts at any time", async ({ part, from, to }) => {
    // More miners than are cut at first, and weights that move which of them are.
    const cut = (threshold: Settings): Settings => ({
      ...vesting({ rule: "linear_retention", minimum_stake: 0, redistribution: { threshold } }),
      streams: [{ ...(MADE.streams as Settings[])[0], miners: 12, coldkeys: 12, share_jitter: 0.6 }],
    });
    const report = await planted(`threshold-${part}`, cut(from), cut(to));
    const weights = await weightsIn(cut(from));
    const hit = new Set(weights.flatMap((epoch) => [...cutBy(epoch, from)].filter((hotkey) => !cutBy(epoch, to).has(hotkey))));
    const more = weights.flatMap((epoch) => [...cutBy(epoch, to)].filter((hotkey) => !cutBy(epoch, from).has(hotkey)));
    for (const hotkey of more) hit.add(hotkey);
    // Not all of them are hit in the epoch in which pay parts first.
    const first = weights.find((epoch) => [...cutBy(epoch, to)].some((hotkey) => !cutBy(epoch, from).has(hotkey))) ?? [];
    expect([...cutBy(first, to)].filter((hotkey) => !cutBy(first, from).has(hotkey)).length).toBeLessThan(hit.size);
    expect(hit.size).toBeLessThan(12);
    expect(byCause(report)["redistribution.threshold"]).toEqual([...hit].sort());
    expect(Object.keys(byCause(report)).sort()).toEqual(["others_weights", "redistribution.threshold"]);
  });

  it("what becomes of who is below the minimum", async () => {
    const below = (below_minimum: string) => vesting({ minimum_stake: 60, below_minimum });
    const report = await planted("below", below("no_bonus"), below("zero"));
    expect(report.groups[0]).toMatchObject({ cause: "multiplier.below_minimum", rule: "vesting.below_minimum" });
    const zero = ({ stake }: Held) => Number(stake < 60e9);
    expect(byCause(report)["multiplier.below_minimum"]).toEqual(await hitBy(below("no_bonus"), () => 0, zero));
  });

  it("another rule is named as both", async () => {
    const report = await planted("another", vesting({}), vesting({ rule: "linear_retention" }));
    expect(report.groups[0]).toMatchObject({ cause: "multiplier.rule", rule: "geometric -> linear_retention" });
  });
});

describe("one constant of a list of stages", () => {
  const list = (stages: readonly Settings[]): Settings => ({ ...MADE, stages });

  it("the minimum of a gate", async () => {
    const gated = (at_least: number) => list([{ gate: { by: "stake", at_least } }, { burn: { share: 0.1 } }]);
    const report = await planted("gate", gated(1), gated(60));
    const gate =
      (least: number) =>
      ({ stake }: Held) =>
        Number(stake >= least * 1e9);
    expect(report.groups[0]).toMatchObject({ cause: "stage.gate.factor", rule: "gate" });
    expect(byCause(report)["stage.gate.factor"]).toEqual(await hitBy(gated(1), gate(1), gate(60)));
  });

  it("the share that is burned: everybody, and what is burned", async () => {
    const report = await planted("burn", list([{ burn: { share: 0.1 } }]), list([{ burn: { share: 0.2 } }]));
    const all = [...new Set((await heldIn(MADE)).map(({ hotkey }) => hotkey))].sort();
    expect(byCause(report)).toEqual({ "stage.burn.share": ["(burn)", ...all] });
    expect(report.groups[0]).toMatchObject({ first: { before: expect.closeTo(0.1), after: expect.closeTo(0.2), epoch: 1 } });
  });

  it("the ratio of a curve", async () => {
    const curved = (ratio: number) => list([{ curve: { kind: "geometric", ratio } }]);
    const report = await planted("curve", curved(0.8), curved(0.7));
    expect(report.groups[0]).toMatchObject({ cause: "stage.curve.share", rule: "curve geometric" });
    // A curve goes by ranks, and each of them pays something else.
    expect(byCause(report)).toEqual({ "stage.curve.share": [...new Set((await heldIn(MADE)).map(({ hotkey }) => hotkey))].sort() });
  });

  it("a constant of a multiplier among stages", async () => {
    const bonus = (retention_window_days: number) => list([{ multiplier: { rule: "geometric", retention_window_days } }]);
    const report = await planted("bonus", bonus(30), bonus(3));
    expect(report.groups[0]).toMatchObject({ cause: "stage.multiplier.duration_factor", rule: "geometric" });
    const factor = (window: number) => geometric({ window, minimum: 0 });
    expect(byCause(report)["stage.multiplier.duration_factor"]).toEqual(await hitBy(bonus(30), factor(30), factor(3)));
  });

  it("a stage that comes, and where the rest goes", async () => {
    const came = await planted("came", list([{ burn: { share: 0.1 } }]), list([{ burn: { share: 0.1 } }, { gate: { at_least: 60 } }]));
    expect(came.groups[0].cause).toBe("stage.gate.factor");
    const gated = (residual: string) => list([{ gate: { at_least: 60 } }, { residual }]);
    expect((await planted("rest", gated("burn"), gated("treasury"))).groups[0].cause).toBe("stage.residual.goes_to");
  });
});

describe("two changes at once", () => {
  const two = (share: number, retention_window_days: number): Settings => ({
    ...MADE,
    stages: [{ burn: { share } }, { multiplier: { rule: "geometric", retention_window_days } }],
  });

  it("are two groups, each with whom it hits alone", async () => {
    const report = await planted("two", two(0.1, 30), two(0.2, 3));
    const burn = await planted("two-burn", two(0.1, 30), two(0.2, 30));
    const bonus = await planted("two-bonus", two(0.1, 30), two(0.1, 3));
    for (const [cause, alone] of Object.entries({ "stage.burn.share": burn, "stage.multiplier.duration_factor": bonus })) {
      expect(byCause(alone)[cause].length).toBeGreaterThan(0);
      expect(byCause(report)[cause]).toEqual(byCause(alone)[cause]);
      const [group, own] = [report, alone].map(({ groups }) => groups.find((one) => one.cause === cause));
      expect(group).toMatchObject({ movedRao: own?.movedRao, changed: own?.changed });
    }
    const pays = report.lines.filter(({ kind }) => kind === "position").reduce((sum, { movedRao }) => sum + movedRao, 0n);
    expect(report.movedRao).toBe(pays);
  });

  it("from vesting to the same rule as a stage with a burn names the burn", async () => {
    const report = await planted("moved", vesting({}), {
      ...MADE,
      stages: [{ multiplier: { rule: "geometric" } }, { burn: { share: 0.1 } }],
    });
    expect(report.groups[0].cause).toBe("stage.burn.share");
  });
});

/** Hotkeys of the participants of an index subnet, by their numbers. */
async function participantsIn(settings: Settings): Promise<readonly string[]> {
  const { rows, hotkeys } = await rowsIn(settings, "participants");
  const names: string[] = [];
  for (const { participant, position } of rows) names[participant] = hotkeys[position];
  return names;
}

describe("one constant of an index subnet", () => {
  const scenario: Settings = SMALL_SCENARIOS.find(({ name }) => name === "index-pool")?.scenario ?? {};
  const index = (settings: Settings): Settings => ({
    ...scenario,
    time: { start: "2025-01-01T00:00:00Z", days: 1 },
    index: { ...(scenario.index as Settings), ...settings },
  });
  /** Who had, in any epoch, what two rules make different things of. */
  const scoredOtherwise = async (settings: Settings, before: (row: Row) => number, after: (row: Row) => number) => {
    const { rows } = await rowsIn({ ...settings, name: "scored" }, "scores");
    const names = await participantsIn({ ...settings, name: "scored" });
    return [...new Set(rows.filter((row) => before(row) !== after(row)).map(({ participant }) => names[participant]))].sort();
  };
  const positionsOf = (report: GuardReport, cause: string) => byCause(report)[cause].filter((hotkey) => !hotkey.startsWith("("));

  it("the weight of a part of the score", async () => {
    const scored = (frequency_weight: number) =>
      index({ rewards: { base_by: "score", score: { volume_weight: 0.8 - frequency_weight, frequency_weight, consistency_weight: 0.2 } } });
    const report = await planted("score", scored(0.2), scored(0.3));
    expect(report.groups[0]).toMatchObject({ cause: "score.score", rule: "weighted_sum" });
    const score =
      (weight: number) =>
      ({ volume, frequency, consistency }: Row) =>
        (0.8 - weight) * volume + weight * frequency + 0.2 * consistency;
    expect(positionsOf(report, "score.score")).toEqual(await scoredOtherwise(scored(0.2), score(0.2), score(0.3)));
  });

  it("what minting counts: who minted", async () => {
    const counted = (mint_multiplier: number) => index({ rewards: { score: { mint_multiplier } } });
    const report = await planted("volume", counted(1.1), counted(1.3));
    expect(report.groups[0].cause).toBe("score.weighted_volume");
    const weighted =
      (mint: number) =>
      ({ minted_rao, redeemed_rao }: Row) =>
        mint * minted_rao + redeemed_rao;
    expect(positionsOf(report, "score.weighted_volume")).toEqual(await scoredOtherwise(counted(1.1), weighted(1.1), weighted(1.3)));
  });

  it("the volume below which nobody is ranked: whoever traded that little in any epoch", async () => {
    const least = (min_volume: number) => ({ ...index({ rewards: { min_volume } }), name: "least" });
    const { rows } = await rowsIn(least(0), "scores");
    const names = await participantsIn(least(0));
    const volumes = rows.map(({ participant, minted_rao, redeemed_rao }) => ({
      hotkey: names[participant],
      volume: minted_rao + redeemed_rao,
    }));
    const sorted = volumes.map(({ volume }) => volume).sort((a, b) => a - b);
    const minimum = Math.ceil(sorted[Math.floor(sorted.length / 2)]) / 1e9;
    const report = await planted("least", least(0), least(minimum));
    const hit = [...new Set(volumes.filter(({ volume }) => volume < minimum * 1e9).map(({ hotkey }) => hotkey))].sort();
    expect(hit.length).toBeGreaterThan(1);
    // Not all of them in the first epoch that hits anybody.
    const low = rows.filter(({ minted_rao, redeemed_rao }) => minted_rao + redeemed_rao < minimum * 1e9);
    expect(low.filter(({ epoch }) => epoch === low[0].epoch).length).toBeLessThan(hit.length);
    expect(positionsOf(report, "score.min_volume")).toEqual(hit);
    expect(report.groups[0]).toMatchObject({ rule: "ranking", changed: [{ path: "index.rewards.min_volume" }] });
  });

  it("the share of a tier", async () => {
    const tiers = (share: number) =>
      index({
        rewards: {
          empty_tier: "burn",
          tiers: [
            { name: "first", from_rank: 1, to_rank: 1, share },
            { name: "second", from_rank: 2, to_rank: 5, share: 1 - share },
          ],
        },
      });
    const report = await planted("tiers", tiers(0.5), tiers(0.6));
    expect(report.groups[0]).toMatchObject({ cause: "tiers.first.share", rule: "the tier first", first: { before: 0.5, after: 0.6 } });
    const share = (first: number) => (row: Row) => (row.rank === 1 ? first : row.rank > 1 && row.rank <= 5 ? 1 - first : 0);
    expect(positionsOf(report, "tiers.first.share")).toEqual(await scoredOtherwise(tiers(0.5), share(0.5), share(0.6)));
  });

  it("a rate of slashing: the validators that are slashed", async () => {
    const slashed = (critical: number) => index({ consensus: { slashing: { rates: { critical } } } });
    const report = await planted("slashing", slashed(0.5), slashed(0.2));
    expect(report.groups[0]).toMatchObject({ cause: "slashing.rate", rule: "slashing", changed: [{ a: 0.5, b: 0.2 }] });
    expect(byCause(report)).toEqual({ "slashing.rate": ["copycat", "forger", "laggard"] });
  });

  it("the fee of a market: who trades on it", async () => {
    const market = (fee: number) => index({ market: { ...((scenario.index as Settings).market as Settings), fee } });
    const report = await planted("market", market(0.003), market(0.03));
    expect(report.groups[0].cause).toMatch(/^activity\.(minted|redeemed)$/);
    expect(report.groups[0].changed).toEqual([{ path: "index.market.fee", a: 0.003, b: 0.03 }]);
    expect(report.trace?.event?.table).toBe("trades");
  });
});

describe("a constant in the code of a rule, under the same scenario", () => {
  const multiplier = (patience: number) => `export default ({ multiplierRule }) => multiplierRule({
    name: "loyalty", meaning: "grows with days", parameters: {}, ceiling: () => 2,
    bind: () => (heldShare, heldDays, _exactly, trace) => {
      const patience = Math.min(1, heldDays / ${patience});
      const multiplier = 1 + heldShare * patience;
      trace?.term("patience", patience, "min(1, held_days / n)");
      trace?.term("multiplier", multiplier, "1 + held_share * patience");
      return multiplier;
    },
  });`;

  it("with terms: the rule, the term and who is hit", async () => {
    const settings = { ...vesting({ rule: "./loyalty.mjs" }), name: "code" };
    await writeFile(join(folder.path, "loyalty.mjs"), multiplier(3));
    await folder.update(settings, { terms: true });
    expect((await folder.run(settings)).ok).toBe(true);
    await writeFile(join(folder.path, "loyalty.mjs"), multiplier(2));
    const report = await folder.run(settings);
    expect(report.trace).toMatchObject({ by: "terms", inputs: [{ source: "plug_in", file: "./loyalty.mjs" }] });
    const loyal =
      (patience: number) =>
      ({ stake, received, share, days }: Held) =>
        received === 0 || stake < 0.3e9 ? 1 : 1 + share * Math.min(1, days / patience);
    await writeFile(join(folder.path, "loyalty.mjs"), multiplier(3));
    expect(byCause(report)["multiplier.patience"]).toEqual(await hitBy(settings, loyal(3), loyal(2)));
    expect(report.groups[0]).toMatchObject({ cause: "multiplier.patience", rule: "loyalty" });
  });

  it("without terms: the file, and the first day", async () => {
    const settings = { ...vesting({ rule: "./plain.mjs" }), name: "plain" };
    await writeFile(join(folder.path, "plain.mjs"), multiplier(3));
    await folder.update(settings);
    await writeFile(join(folder.path, "plain.mjs"), multiplier(2));
    const report = await folder.run(settings);
    expect(report.trace).toMatchObject({ by: "totals" });
    expect(report.groups).toMatchObject([{ cause: "rule_file", firstDay: "2025-01-01", first: null }]);
  });

  it("of a stage: the factor of the stage", async () => {
    const stage = (limit: number) => `export default ({ factorStage }) => factorStage({
      name: "crowd", effect: "factor", meaning: "half for who has more", parameters: {},
      bind: () => ({ ceiling: 1, factor: ({ stakeRao }, miner, trace) => {
        const factor = stakeRao[miner] > ${limit}e9 ? 0.5 : 1;
        trace?.term("factor", factor, "0.5 above the limit");
        return factor;
      } }),
    });`;
    const settings = { ...MADE, name: "stage", stages: [{ plug_in: { rule: "./crowd.mjs" } }] };
    await writeFile(join(folder.path, "crowd.mjs"), stage(100));
    await folder.update(settings, { terms: true });
    await writeFile(join(folder.path, "crowd.mjs"), stage(50));
    const report = await folder.run(settings);
    await writeFile(join(folder.path, "crowd.mjs"), stage(100));
    const crowd =
      (limit: number) =>
      ({ stake }: Held) =>
        stake > limit * 1e9 ? 0.5 : 1;
    expect(report.groups[0]).toMatchObject({ cause: "stage.crowd.factor", rule: "crowd" });
    expect(byCause(report)["stage.crowd.factor"]).toEqual(await hitBy(settings, crowd(100), crowd(50)));
  });
});
