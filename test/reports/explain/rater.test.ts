import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../../recorders/index.js";
import type { RaterExplanation } from "../../../reports/explain/rater/explain-rater.js";
import { explainPay } from "../../../reports/index.js";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-rater-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function made(scenario: string, ...sets: string[]): Promise<string> {
  const out = join(folder, scenario);
  const args = sets.flatMap((set) => ["--set", set]);
  const { code, err } = await runInProcess(["run", scenario, ...args, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  return out;
}

const EPOCH = 12;
const GROUPS = { diligent: 4, hasty: 4, late: 2, lazy: 2, cartel: 2 };
const NAMES = Object.entries(GROUPS).flatMap(([name, count]) => Array.from({ length: count }, (_, i) => `${name}-${i + 1}`));

it("works out what the bonds of each validator of a closed loop earned, from the numbers told", async () => {
  const run = await openRun(await made("yuma3", "time.days=2"));
  const dividends: number[] = [];
  const earned: number[] = [];
  const others: number[] = [];
  for (const name of NAMES) {
    const { explanation, ran_again, note } = await explainPay(run, { hotkey: name, epoch: EPOCH });
    const { kind, derivation, group, epoch } = explanation as RaterExplanation;
    expect([kind, derivation?.hotkey, epoch?.epoch, ran_again]).toEqual(["rater", name, EPOCH, true]);
    expect(note).toBe("Ran again for what the run did not record (terms that no table holds).");
    expect(group?.group).toBe(name.replace(/-\d$/, ""));
    const value = (term: string): number => Number(derivation?.steps.find((step) => step.term === term)?.value);
    const miners = derivation?.steps.flatMap(({ term }) => (term.startsWith("yuma.bond.") ? [term.slice("yuma.bond.".length)] : [])) ?? [];
    expect(miners.length).toBeGreaterThan(0);
    let sum = 0;
    for (const miner of miners) {
      const [own, all, incentive] = [`yuma.bond.${miner}`, `others.yuma.bonds.${miner}`, `yuma.earns.${miner}`].map(value);
      sum += (own / (own + all + 1e-6)) * incentive;
    }
    earned.push(sum * (value("yuma.validator.stake") / (14 * 5000e9)));
    others.push(value("others.yuma.earned"));
    dividends.push(value("yuma.validator.dividends"));
    expect(derivation?.steps.at(-1)?.term).toBe("yuma.validator.dividends");
  }
  const all = earned.reduce((sum, one) => sum + one, 0);
  for (const [k, share] of dividends.entries()) {
    expect(share).toBeCloseTo(earned[k] / (all + 1e-6), 12);
    expect(others[k]).toBeCloseTo(all - earned[k], 12);
  }
  expect(dividends.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);

  const args = ["explain", run.dir, "--hotkey"];
  const text = await runInProcess([...args, "hasty-2", "--epoch", String(EPOCH), "--counterfactual", "weights.version=yuma2"]);
  expect([text.code, text.err]).toEqual([0, ""]);
  expect(text.out).toContain("name     hasty-2  (subnet 33, a validator of the group hasty, honest)");
  expect(text.out).toContain("Derivation, from what its bonds earned down to what it is made of");
  expect(text.out).toMatch(/Were it weights\.version=yuma2\n.*\n(.*\n)*yuma\.validator\.dividends/);
  const last = await runInProcess([...args, "hasty-2", "--no-again"]);
  expect(last.out).toMatch(/^Of a validator one epoch is explained/);
  expect(last.out).toContain("epoch    40, ");
  const several = await runInProcess([...args, "lazy"]);
  expect([several.code, several.err]).toEqual([2, expect.stringContaining("one of lazy-1, lazy-2")]);
  const misspelt = await runInProcess([...args, "dilgent-1"]);
  expect([misspelt.code, misspelt.err]).toEqual([2, expect.stringContaining("Did you mean diligent-1?")]);
});

it("says what there is of validators without bonds, on the subnet that is named", async () => {
  const dir = await made("colluding-validators", "time.days=1");
  const explain = (...args: string[]) => runInProcess(["explain", dir, "--hotkey", ...args]);
  const several = await explain("cartel-1");
  expect([several.code, several.err]).toEqual([2, expect.stringContaining("cartel-1 of one of the subnets 30, 31, 32, 33, 34")]);
  const named = await explain("cartel-1", "--netuid", "31");
  expect([named.code, named.err]).toEqual([0, ""]);
  expect(named.out).toContain("name     cartel-1  (subnet 31, a validator of the group cartel, colluder)");
  expect(named.out.replace(/\s+/g, " ")).toContain(
    "they have no bonds, either: what it rates counts by its stake, where validators with 50.00 %",
  );
  expect(named.out).not.toContain("Derivation");
  const miner = await explain("ring-1", "--netuid", "32");
  expect([miner.code, miner.out]).toEqual([0, expect.stringContaining("hotkey   ring-1  (subnet 32)")]);
});
