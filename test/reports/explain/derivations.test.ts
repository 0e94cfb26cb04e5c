import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESULT_TABLES } from "../../../engine/index.js";
import { type OpenRun, openRun } from "../../../recorders/index.js";
import { type Derivation, derivationsOf } from "../../../reports/index.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { curveAndBurnPay, figure, hasTerm, indexPay, paidOf, textOf, validatorPay, vestingPay } from "./paid-again.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-derivations-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A shipped scenario with all tables, changed by `path=value` texts. */
async function runOf(scenario: string, name: string, ...sets: readonly string[]): Promise<OpenRun> {
  const out = join(folder, name);
  const all = ["record.tables=all", ...sets].flatMap((set) => ["--set", set]);
  const { code, err } = await runInProcess(["run", scenario, ...all, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  return openRun(out);
}

const NETUID = 30;

/** What holds of every derivation: each term is made of terms before it, the last is the pay, and that is what the run paid. */
async function hold(run: OpenRun, netuid: number, epoch: number, all: readonly Derivation[]): Promise<void> {
  expect(all.length).toBeGreaterThan(0);
  const rewards = await readTableRows<{ position: number; role: string; paid_rao: number }>(run, "rewards", { epoch });
  for (const { steps, position, ...of } of all) {
    expect(of).toMatchObject({ netuid, epoch });
    const known = new Set<string>();
    for (const { term, from, words } of steps) {
      expect(known).not.toContain(term);
      for (const one of from) expect(known, `${term} is made of ${one}`).toContain(one);
      expect(words).not.toBe("");
      known.add(term);
    }
    const last = steps.at(-1);
    expect(last?.term).toBe("pay.paid");
    const paid = rewards.find((row) => row.position === position && row.role !== "owner")?.paid_rao;
    expect(Number(last?.value)).toBe(paid);
  }
}

describe("under vesting", () => {
  let run: OpenRun;
  beforeAll(async () => {
    run = await runOf("demo", "demo", "time.days=9", "vesting.retention_window_days=4");
  });

  it.each([1, 2, 60, 180])("the terms of epoch %i give the rao that each was paid", async (epoch) => {
    const all = await derivationsOf(run, NETUID, epoch);
    expect(all).toHaveLength(64);
    await hold(run, NETUID, epoch, all);
    expect(all.map(paidOf)).toEqual(vestingPay(all));
  });

  it("of the last epoch are those of no epoch in particular", async () => {
    expect(await derivationsOf(run, NETUID)).toEqual(await derivationsOf(run, NETUID, 180));
  });

  it("are none of a subnet without epochs, and refused of an epoch that is not there", async () => {
    expect(await derivationsOf(run, 7)).toEqual([]);
    await expect(derivationsOf(run, NETUID, 999)).rejects.toMatchObject({ code: "TEN-REPORT-003", found: 999 });
  });

  it("say how pay was rounded: the parts of the pot sum to it", async () => {
    const all = await derivationsOf(run, NETUID, 100);
    const sum = all.reduce((total, one) => total + paidOf(one), 0n);
    expect(sum).toBe(BigInt(figure(all[0], "pot.miners")));
    const rounded = all.filter((one) => figure(one, "pay.rounding") === 1);
    expect(rounded).toHaveLength(figure(all[0], "pay.left_over"));
  });
});

it.each([
  ["shadow", ["vesting.mode=shadow"], "weight.shadow_multiplier"],
  ["off", ["vesting.mode=off"], "recorded.pay"],
  ["replay", ["emission.mode=replay"], "multiplier.answer"],
])("with vesting %s pay is as recorded, and the derivation says so", async (name, sets, term) => {
  const run = await runOf("demo", name, "time.days=3", ...sets);
  const all = await derivationsOf(run, NETUID, 50);
  await hold(run, NETUID, 50, all);
  for (const one of all) {
    expect(paidOf(one)).toBe(BigInt(figure(one, "recorded.pay")));
    expect(one.steps.at(-1)?.from).toEqual(["recorded.pay"]);
  }
  expect(all.some((one) => hasTerm(one, term))).toBe(true);
});

it("a threshold is a term of its own, and who is below it has nothing", async () => {
  const sets = ["time.days=9", "vesting.retention_window_days=4", "vesting.redistribution={ threshold: { relative: 0, absolute: 0.012 } }"];
  const run = await runOf("demo", "threshold", ...sets);
  const all = await derivationsOf(run, NETUID, 180);
  await hold(run, NETUID, 180, all);
  const cut = all.filter((one) => figure(one, "weight.kept") === 0);
  expect(cut.length).toBeGreaterThan(0);
  expect(cut.length).toBeLessThan(64);
  for (const one of all) {
    const share = figure(one, "weight.base_share") * figure(one, "weight.multiplier");
    expect(share < 0.012).toBe(cut.includes(one));
    expect(paidOf(one) === 0n).toBe(cut.includes(one));
    expect(hasTerm(one, "pay.rounding")).toBe(true);
  }
});

it("hotkeys of a coldkey that are measured together show their pool", async () => {
  const run = await runOf("demo", "pooled", "time.days=5", "vesting.key_scope=coldkey_even", "vesting.retention_window_days=3");
  const all = await derivationsOf(run, NETUID, 90);
  await hold(run, NETUID, 90, all);
  const pooled = all.filter((one) => hasTerm(one, "pool.received"));
  expect(pooled.length).toBeGreaterThan(1);
  for (const one of pooled) expect(figure(one, "holdings.held_share")).toBe(figure(one, "pool.remaining") / figure(one, "pool.received"));
});

it("a recorded rule is divided out of what was recorded", async () => {
  const sets = ["time.days=5", "vesting.retention_window_days=3", "emission.recorded_rule={ rule: geometric, max_multiplier: 1.2 }"];
  const run = await runOf("demo", "undone", ...sets);
  const all = await derivationsOf(run, NETUID, 90);
  await hold(run, NETUID, 90, all);
  for (const one of all) {
    const weight = figure(one, "recorded.pay") / figure(one, "recorded.multiplier");
    expect(weight / figure(one, "weight.base")).toBeCloseTo(1, 12);
    expect(hasTerm(one, "pay.rounding")).toBe(true);
  }
});

describe("under a list of stages", () => {
  it("a curve and a burn give the rao that each was paid", async () => {
    const run = await runOf("burn-and-rank", "ranked", "time.days=4", "record.stage_weights=every", "record.every_epochs=1");
    for (const epoch of [1, 40, 80]) {
      const all = await derivationsOf(run, NETUID, epoch);
      await hold(run, NETUID, epoch, all);
      expect(all.map(paidOf)).toEqual(curveAndBurnPay(all));
      expect(figure(all[0], "pot.burn")).toBe(figure(all[0], "pot.miners") * 0.3);
    }
    const [{ steps }] = await derivationsOf(run, NETUID, 80);
    const stepOf = (term: string) => steps.find((step) => step.term === term);
    expect(stepOf("stage.2.burn.kept")?.path).toBe("stages.1");
    // The scenario states no residual, and a burn of 0.3.
    expect(stepOf("stage.3.residual.share")).toMatchObject({ path: null, words: expect.stringMatching(/burn 0\.3$/) });
    expect(stepOf("pot.burn")?.words).toMatch(/a share of 0\.3$/);
  });

  it("factors, ceilings and the residual follow from the terms before them", async () => {
    const stages =
      "stages=[{ gate: { at_least: 150, below: no_bonus } }, { multiplier: { rule: geometric, retention_window_days: 3 } }, { burn: { share: 0.1 } }, { residual: recycle }]";
    const run = await runOf("demo", "listed", "time.days=5", stages, "record.stage_weights=every");
    const all = await derivationsOf(run, NETUID, 100);
    await hold(run, NETUID, 100, all);
    const below = all.filter((one) => figure(one, "holdings.stake") < 150e9);
    expect(below.length).toBeGreaterThan(0);
    expect(below.length).toBeLessThan(64);
    for (const one of below) expect(figure(one, "stage.2.multiplier.factor")).toBe(1);
    for (const one of all) {
      const share = figure(one, "weight.base_share") * figure(one, "stage.1.gate.factor") * figure(one, "stage.2.multiplier.factor");
      expect(figure(one, "stage.2.multiplier.whole")).toBe(1.5);
      expect(figure(one, "stage.2.multiplier.share")).toBeCloseTo(share / 1.5, 14);
      expect(figure(one, "weight.final")).toBe(figure(one, "stage.2.multiplier.share") * 0.9);
      expect(hasTerm(one, "pay.rounding")).toBe(true);
      expect(hasTerm(one, "stage.2.multiplier.duration_factor")).toBe(true);
      expect(one.steps.find(({ term }) => term === "stage.4.residual.share")?.path).toBe("stages.3");
    }
    const rest = figure(all[0], "pot.burn") + figure(all[0], "pot.recycle");
    expect(all.reduce((sum, one) => sum + paidOf(one), BigInt(rest))).toBe(BigInt(figure(all[0], "pot.miners")));
  });

  it("what was not recorded is null, with what to record", async () => {
    const out = join(folder, "bare");
    await runInProcess(["run", "burn-and-rank", "--set", "time.days=1", "--no-duckdb", "--quiet", "--out", out]);
    const run = await openRun(out);
    expect(run.tables).not.toContain("weights");
    expect(Object.keys(RESULT_TABLES)).toContain("weights");
    expect(await derivationsOf(run, NETUID, 3)).toEqual([]);
  });
});

it("on an index subnet volumes, scores, ranks and tiers give the rao", async () => {
  const run = await runOf("tao20-crash", "index", "time.days=1");
  const { resolved } = run.manifest.scenario as unknown as {
    resolved: { index: { netuid: number; rewards: { tiers: { name: string; share: number }[] } } };
  };
  const { netuid, rewards } = resolved.index;
  const names = rewards.tiers.map(({ name }) => name);
  const shares = rewards.tiers.map(({ share }) => share);
  for (const epoch of [3, 12, 24]) {
    const all = await derivationsOf(run, netuid, epoch);
    await hold(run, netuid, epoch, all);
    const paid = all.filter((one) => hasTerm(one, "score.final")).map(paidOf);
    expect(paid).toEqual(indexPay(all, names, shares));
    const validators = all.filter((one) => hasTerm(one, "validator.weight"));
    expect(validators).toHaveLength(9);
    expect(validators.map(paidOf)).toEqual(validatorPay(validators));
    expect(validators.some((one) => paidOf(one) > 0n)).toBe(true);
  }
  // Before the first epoch nobody had agreed on anything, and who is suspended earns nothing.
  const first = (await derivationsOf(run, netuid, 1)).filter((one) => hasTerm(one, "validator.weight"));
  expect(first.map(paidOf)).toEqual(validatorPay(first));
  expect(first.every((one) => paidOf(one) === 0n)).toBe(true);
  const last = (await derivationsOf(run, netuid, 24)).filter((one) => hasTerm(one, "validator.weight"));
  expect(last.some((one) => textOf(one, "consensus.status") === "suspended" && paidOf(one) === 0n)).toBe(true);
});
