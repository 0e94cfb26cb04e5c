import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../../recorders/index.js";
import { withRunAgain } from "../../../reports/explain/run-again.js";
import { type Derivation, derivationsOf } from "../../../reports/index.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { figure, hasTerm, paidOf, shareOut, textOf } from "./paid-again.js";

// Works out pay once more from what derivations of lists of stages say, written from the page docs/explanation/stages.md.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-families-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SCENARIO = `
name: families
time: { start: 2025-01-01T00:00:00Z, days: 3 }
subnet: { netuid: 7, tempo: 1200 }
streams:
  - { synthetic: collateral, rows: [{ hotkeys: [keepers-1, sellers-1], amount: 10 }, { after: 1 d, hotkeys: [sellers-1, keepers-2], amount: 3 }] }
closed_loop:
  market: { kind: pool, tao_reserve: 10000, alpha_reserve: 200000 }
  miners:
    - { name: keepers, count: 5, strategy: hold, skill: { from: 0.5, to: 4 }, stake: { from: 1, to: 100 } }
    - { name: sellers, count: 4, strategy: { kind: sell_schedule, share: 0.6, every: 1 d }, skill: { from: 0.5, to: 4 }, stake: { from: 1, to: 100 } }
`;

interface Explained {
  readonly all: readonly Derivation[];
  readonly paid: readonly bigint[];
}

/** Every miner of an epoch, explained by a run with a trace, and what the run itself paid it. */
async function explained(name: string, stages: string, epoch: number): Promise<Explained> {
  const [file, out] = [join(folder, `${name}.yaml`), join(folder, name)];
  await writeFile(file, `${SCENARIO}stages:\n${stages}\nrecord: { tables: [rewards] }\n`);
  const { code, err } = await runInProcess(["run", file, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  const run = await openRun(out);
  const as = { everyEpochs: epoch, without: [], changes: [], traced: { netuid: 7, epoch } };
  const all = await withRunAgain(run, as, {}, (again) => derivationsOf(again, 7, epoch));
  expect(all).toHaveLength(9);
  const rewards = await readTableRows<{ position: number; paid_rao: number }>(run, "rewards", { epoch });
  return { all, paid: all.map(({ position }) => BigInt(rewards.find((row) => row.position === position)?.paid_rao ?? -1)) };
}

const of = (all: readonly Derivation[], term: string) => all.map((one) => figure(one, term));
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function near(told: readonly number[], byHand: readonly number[]): void {
  told.forEach((value, k) => {
    expect(Math.abs(value - byHand[k]), `${value} is told, ${byHand[k]} by hand`).toBeLessThan(1e-12);
  });
}

/** The pot in whole rao by the shares that were told, which are those by hand but for the last bits. */
function payBy({ all, paid }: Explained, shares: readonly number[]): void {
  const told = of(all, "weight.final");
  near(told, shares);
  const rest = Math.max(0, 1 - sumOf(told));
  const pay = shareOut(BigInt(figure(all[0], "pot.miners")), [...told, rest < 1e-12 ? 0 : rest]);
  expect(pay.slice(0, all.length)).toEqual(paid);
  expect(all.map(paidOf)).toEqual(paid);
}

describe("the numbers that are told of stages give the rao that was paid:", () => {
  it("factors by collateral, age, falls of stake, its course, tiers and the stake of all", async () => {
    const told = await explained(
      "factors",
      `  - gate: { by: collateral, at_least: 5, below: scale, power: 2 }
  - gate: { by: age, at_least: 1, below: no_bonus }
  - selling_penalty: { steps: [{ drop: 0.05, factor: 0.8, hours: 6 }, { drop: 0.3, factor: 0.4, hours: 24 }] }
  - multiplier: { rule: net_stake, bonus: 0.5, epochs: 3 }
  - multiplier: { rule: stake_tiers, tiers: [{ at_least: 50, value: 1.1 }, { at_least: 90, value: 1.2 }] }
  - multiplier: { rule: stake_share, bonus: 0.4 }
  - residual: burn`,
      15,
    );
    const { all } = told;
    const stake = of(all, "holdings.stake").map((rao) => rao / 1e9);
    const collateral = of(all, "stage.1.gate.collateral").map((amount) => Math.min(1, (amount / 5) ** 2));
    expect(new Set(of(all, "stage.1.gate.collateral"))).toEqual(new Set([10, 3, 0]));
    near(of(all, "stage.1.gate.factor"), collateral);
    for (const one of all) expect(figure(one, "stage.2.gate.age_days")).toBeGreaterThan(1);
    const kept = all.map((one) => {
      if (!hasTerm(one, "stage.4.multiplier.earned_since")) return figure(one, "parameter.stage.4.prior");
      const earned = figure(one, "stage.4.multiplier.earned_since");
      const grown = figure(one, "stage.4.multiplier.stake") - figure(one, "stage.4.multiplier.stake_before");
      return Math.max(0, Math.min(1, grown / earned));
    });
    near(
      of(all, "stage.4.multiplier.factor"),
      kept.map((part) => 1 + 0.5 * part),
    );
    expect(new Set(kept).size).toBeGreaterThan(2);
    const tiers = stake.map((alpha) => (alpha >= 90 ? 1.2 : alpha >= 50 ? 1.1 : 1));
    expect(of(all, "stage.5.multiplier.factor")).toEqual(tiers);
    const shares = stake.map((alpha) => 1 + (0.4 * alpha) / figure(all[0], "stage.6.multiplier.all_stake"));
    near(of(all, "stage.6.multiplier.factor"), shares);
    expect(figure(all[0], "stage.6.multiplier.all_stake")).toBeCloseTo(sumOf(stake), 6);
    const penalties = all.map((one) => {
      const [now, largest] = [figure(one, "stage.3.selling_penalty.stake"), figure(one, "stage.3.selling_penalty.largest_stake")];
      const factor = figure(one, "stage.3.selling_penalty.factor");
      if (!hasTerm(one, "stage.3.selling_penalty.hours_left")) expect(1 - now / largest < 0.05 || factor === 1).toBe(true);
      else expect([0.4, 0.8]).toContain(factor);
      return factor;
    });
    expect(new Set(penalties).size).toBeGreaterThan(1);
    const base = of(all, "weight.base_share");
    const whole = 1.5 * 1.2 * 1.4;
    payBy(
      told,
      base.map((share, k) => (share * collateral[k] * penalties[k] * (1 + 0.5 * kept[k]) * tiers[k] * shares[k]) / whole),
    );
  });

  it("means over time, a threshold, a limit and a least share", async () => {
    const told = await explained(
      "shares",
      `  - threshold: { relative: 0, absolute: 0.05 }
  - smooth: { kind: ema, half_life_epochs: 4 }
  - cap: { max_share: 0.2 }
  - floor: { min_share: 0.1 }`,
      16,
    );
    const { all } = told;
    const base = of(all, "weight.base_share");
    const stays = base.map((share) => (share >= 0.05 ? share : 0));
    expect(stays.some((share) => share === 0)).toBe(true);
    near(
      of(all, "stage.1.threshold.share"),
      stays.map((share) => share / sumOf(stays)),
    );
    const alpha = 1 - 0.5 ** (1 / 4);
    const means = all.map(
      (one) => alpha * figure(one, "stage.1.threshold.share") + (1 - alpha) * figure(one, "stage.2.smooth.mean_before"),
    );
    near(of(all, "stage.2.smooth.weight"), means);
    const smoothed = means.map((mean) => mean / sumOf(means));
    const times = figure(all[0], "stage.3.cap.times");
    const capped = smoothed.map((share) => Math.min(0.2, times * share));
    expect(capped.some((share) => share === 0.2)).toBe(true);
    expect(sumOf(capped)).toBeCloseTo(1, 12);
    near(of(all, "stage.3.cap.weight"), capped);
    const [least, down] = ["least", "times"].map((name) => figure(all[0], `stage.4.floor.${name}`));
    const floored = capped.map((share) => (share > 0 ? Math.max(least, down * share) : 0));
    expect(floored.some((share) => share === 0.1)).toBe(true);
    payBy(
      told,
      floored.map((share) => share / sumOf(floored)),
    );
  });

  it("pools, whose stages have terms of their own", async () => {
    const told = await explained(
      "pools",
      `  - pools:
      - { name: backed, share: 0.3, members: { names: [keepers-1, keepers-2, sellers-1] }, stages: [{ gate: { by: collateral, at_least: 5, below: scale } }, { smooth: { kind: window, epochs: 3 } }] }
      - { name: best-two, share: 0.2, members: { ranks: [1, 2] }, stages: [{ curve: { kind: geometric, ratio: 0.5 } }] }
      - { name: others, share: 0.5, members: rest, stages: [{ burn: { share: 0 } }] }
  - burn: { share: 0.1 }
  - residual: treasury`.replace(", stages: [{ burn: { share: 0 } }]", ""),
      14,
    );
    const { all } = told;
    const isIn = (one: Derivation, pool: string) => hasTerm(one, `stage.1.pool.${pool}.base_share`);
    const members = (pool: string) => all.filter((one) => isIn(one, pool));
    expect(["backed", "best-two"].map((pool) => members(pool).length)).toEqual([3, 2]);
    const startOf = (pool: string) =>
      new Map(members(pool).map((one) => [one, figure(one, "weight.base_share") / sumOf(of(members(pool), "weight.base_share"))]));
    const backed = new Map(
      members("backed").map((one) => {
        const factor = Math.min(1, figure(one, "stage.1.pool.backed.1.gate.collateral") / 5);
        const share = (startOf("backed").get(one) ?? 0) * factor;
        expect(figure(one, "stage.1.pool.backed.1.gate.share")).toBeCloseTo(share, 12);
        const whole = one.steps.find(({ term }) => term === "stage.1.pool.backed.1.gate.whole");
        expect(whole).toMatchObject({ value: 1, words: expect.stringContaining("largest factor") });
        expect(figure(one, "stage.1.pool.backed.2.smooth.length")).toBe(3);
        return [one, figure(one, "stage.1.pool.backed.2.smooth.sum") / 3];
      }),
    );
    const best = new Map(members("best-two").map((one) => [one, figure(one, "stage.1.pool.best-two.1.curve.rank") === 1 ? 2 / 3 : 1 / 3]));
    const shares = all.map((one) => {
      const parts = [0.3 * (backed.get(one) ?? 0), 0.2 * (best.get(one) ?? 0), 0.5 * (startOf("others").get(one) ?? 0)];
      return sumOf(parts) * 0.9;
    });
    payBy(told, shares);
    for (const one of members("best-two")) expect(textOf(one, "parameter.stage.1.best-two")).toBe("0.2");
  });

  it("a budget that the rest of the pot is kept from", async () => {
    const told = await explained("budget", "  - budget: { per_epoch: 1, unit: tao, carry: true }\n  - residual: burn", 12);
    const { all } = told;
    const [price, due, pot] = ["price", "due", "pot_rao"].map((name) => figure(all[0], `stage.1.budget.${name}`));
    const paid = Math.min(Math.floor((due / price) * 1e9), figure(all[0], "stage.1.budget.most_rao"));
    expect(Math.abs(paid - figure(all[0], "stage.1.budget.all_paid_rao"))).toBeLessThanOrEqual(1);
    payBy(
      told,
      of(all, "weight.base_share").map((share) => (share * figure(all[0], "stage.1.budget.all_paid_rao")) / pot),
    );
  });
});
