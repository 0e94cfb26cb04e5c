import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../../recorders/index.js";
import { withRunAgain } from "../../../reports/explain/run-again.js";
import { StepList } from "../../../reports/explain/step-list.js";
import { readYumaEpoch } from "../../../reports/explain/yuma/yuma-epoch.js";
import { addYuma } from "../../../reports/explain/yuma/yuma-steps.js";
import { type Derivation, derivationsOf } from "../../../reports/index.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { rulesOf } from "../../../reports/rules.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { figure, hasTerm, paidOf, shareOut } from "./paid-again.js";

// Works out incentive and dividends once more from what derivations say, written from the page docs/explanation/yuma.md.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-yuma-steps-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const EPOCH = 12;

/** What follows the beginning of a term, by what stands behind it. */
function named({ steps }: Pick<Derivation, "steps">, prefix: string): ReadonlyMap<string, number> {
  return new Map(steps.flatMap(({ term, value }) => (term.startsWith(prefix) ? [[term.slice(prefix.length), Number(value)]] : [])));
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

it.each([
  ["yuma3", "{ from: yuma, version: yuma3 }", 1e-12],
  ["yuma2", "{ from: yuma, version: yuma2 }", 1e-12],
  ["chain", "{ from: chain_yuma }", 1e-4],
])("from what validators set to incentive, bonds and dividends, by %s", async (name, weights, off) => {
  const out = join(folder, name);
  const sets = ["time.days=2", `weights=${weights}`, "record.tables=[yuma_miners, yuma_validators]"].flatMap((set) => ["--set", set]);
  const { code, err } = await runInProcess(["run", "yuma3", ...sets, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  const run = await openRun(out);
  const as = { everyEpochs: EPOCH, without: [], changes: [], traced: { netuid: 33, epoch: EPOCH } };
  const { all, validators } = await withRunAgain(run, as, {}, async (again) => {
    const { yuma } = rulesOf(again);
    const epochs = await readTableRows<{ epoch: number; netuid: number }>(again, "epochs", { epoch: EPOCH });
    const known = await readYumaEpoch(again, yuma as NonNullable<typeof yuma>, epochs[0] as never);
    const told = known.validators.map(({ validator }) => {
      const list = new StepList(0);
      addYuma(list, known, validator);
      return { hotkey: validator, steps: list.steps };
    });
    return { all: await derivationsOf(again, 33, EPOCH), validators: told };
  });
  expect(all).toHaveLength(24);
  const ranks = all.map((one) => {
    const [stake, weight, clipped] = [named(one, "yuma.stake."), named(one, "yuma.weight."), named(one, "yuma.clipped.")];
    const kappa = figure(one, "parameter.kappa");
    const supporters = (least: number) => sumOf([...weight].flatMap(([who, value]) => (value >= least ? (stake.get(who) ?? 0) : [])));
    const supported = Math.max(0, ...[...weight.values()].filter((value) => supporters(value) > kappa - 1e-9));
    expect(Math.abs(figure(one, "yuma.supported") - supported)).toBeLessThan(off);
    const divided = hasTerm(one, "others.yuma.supported") && name !== "chain" ? supported + figure(one, "others.yuma.supported") : 1;
    const consensus = name === "chain" ? supported : Math.floor((supported / divided) * 65_535) / 65_535;
    expect(Math.abs(figure(one, "yuma.consensus") - consensus)).toBeLessThan(off);
    for (const [who, value] of clipped) expect(Math.abs(value - Math.min(weight.get(who) ?? 0, consensus))).toBeLessThan(off);
    const rank = sumOf([...clipped].map(([who, value]) => value * (stake.get(who) ?? 0)));
    expect(Math.abs(figure(one, "yuma.rank") - rank)).toBeLessThan(off);
    return rank;
  });
  ranks.forEach((rank, k) => {
    expect(Math.abs(figure(all[k], "yuma.incentive") - rank / sumOf(ranks))).toBeLessThan(off * 10);
    expect(figure(all[k], "weight.base")).toBe(figure(all[k], "yuma.incentive"));
  });
  const shares = all.map((one) => figure(one, "weight.final"));
  expect(shareOut(BigInt(figure(all[0], "pot.miners")), shares)).toEqual(all.map(paidOf));
  expect(
    all.some((one) => [...named(one, "yuma.clipped.")].some(([who, value]) => value < (named(one, "yuma.weight.").get(who) ?? 0))),
  ).toBe(true);

  const earned = validators.map((one) => {
    const of = one as unknown as Derivation;
    const [bond, others, earns] = [named(one, "yuma.bond."), named(one, "others.yuma.bonds."), named(one, "yuma.earns.")];
    const parts = [...bond].map(([miner, value]) => {
      const all = name === "yuma2" ? 1 : value + (others.get(miner) ?? 0) + (name === "yuma3" ? 1e-6 : 0);
      return (value / all) * (earns.get(miner) ?? 0);
    });
    const sum = sumOf(parts) * (name === "yuma2" ? 1 : figure(of, "yuma.validator.stake_share"));
    expect(Math.abs(figure(of, "yuma.validator.earned") - sum)).toBeLessThan(1e-12);
    const [set, counted] = [named(one, "yuma.own.weight."), named(one, "yuma.own.counted.")].map((map) => sumOf(map.values()));
    expect(Math.abs(figure(of, "yuma.validator.trust") - counted / set)).toBeLessThan(off);
    return sum;
  });
  validators.forEach((one, k) => {
    const dividends = earned[k] / (sumOf(earned) + (name === "chain" ? 0 : 1e-6));
    expect(Math.abs(figure(one as unknown as Derivation, "yuma.validator.dividends") - dividends)).toBeLessThan(off * 10);
  });
  // What the ordinary run wrote is what the trace tells.
  const rows = await readTableRows<{ validator: string; dividends: number; trust: number }>(run, "yuma_validators", { epoch: EPOCH });
  const last = await readTableRows<{ hotkey: string; incentive: number }>(run, "yuma_miners", { epoch: 40 });
  expect(rows).toEqual([]);
  expect(last).toHaveLength(24);
  expect(sumOf(last.map(({ incentive }) => incentive))).toBeCloseTo(1, name === "chain" ? 4 : 12);
});
