import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenRun, openRun } from "../../recorders/index.js";
import { type Derivation, derivationsOf } from "../../reports/index.js";
import { readEpochs } from "../../reports/reading/epochs.js";
import { readTableRows } from "../../reports/reading/table-rows.js";
import { runInProcess } from "../cli/run-in-process.js";
import { curveAndBurnPay, hasTerm, indexPay, paidOf, vestingPay } from "../reports/explain/paid-again.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-explained-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runOf(scenario: string, ...sets: readonly string[]): Promise<OpenRun> {
  const out = join(folder, scenario);
  const all = ["record.tables=all", "record.every_epochs=1", ...sets].flatMap((set) => ["--set", set]);
  const { code, err } = await runInProcess(["run", scenario, ...all, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  return openRun(out);
}

/** Every so many epochs, and the last: of every miner what its terms give is what the table `rewards` says that it was paid. */
async function agree(run: OpenRun, netuid: number, every: number, again: (all: readonly Derivation[]) => bigint[]): Promise<void> {
  const epochs = (await readEpochs(run)).of(netuid).filter(({ epoch }, at, all) => epoch % every === 1 || at === all.length - 1);
  expect(epochs.length).toBeGreaterThan(20);
  for (const { epoch } of epochs) {
    const all = (await derivationsOf(run, netuid, epoch)).filter((one) => hasTerm(one, "weight.base") || hasTerm(one, "score.final"));
    const rewards = await readTableRows<{ position: number; role: string; paid_rao: number }>(run, "rewards", { epoch });
    const paid = new Map(
      rewards.flatMap(({ position, role, paid_rao }) => (role === "miner" ? [[position, BigInt(paid_rao)] as const] : [])),
    );
    expect(all.map(paidOf)).toEqual(all.map(({ position }) => paid.get(position)));
    expect(again(all), `epoch ${epoch}`).toEqual(all.map(paidOf));
  }
}

it("of demo from what each miner holds", async () => {
  await agree(await runOf("demo"), 30, 40, vestingPay);
});

it("of burn-and-rank from base weights", async () => {
  await agree(await runOf("burn-and-rank", "record.stage_weights=every"), 30, 40, curveAndBurnPay);
});

it("of tao20-crash from what each participant did", async () => {
  const run = await runOf("tao20-crash");
  const { index } = run.manifest.scenario.resolved as unknown as {
    index: { netuid: number; rewards: { tiers: { name: string; share: number }[] } };
  };
  const { tiers } = index.rewards;
  const [names, shares] = [tiers.map(({ name }) => name), tiers.map(({ share }) => share)];
  await agree(run, index.netuid, 4, (all) => indexPay(all, names, shares));
});
