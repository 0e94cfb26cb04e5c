import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../../recorders/index.js";
import { explainPay, runSummary } from "../../../reports/index.js";
import { readEpochs } from "../../../reports/reading/epochs.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-unpaid-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function made(scenario: string, ...sets: string[]) {
  const out = join(folder, `${scenario}-${sets.length}`);
  const args = sets.flatMap((set) => ["--set", set]);
  const { code, err } = await runInProcess(["run", scenario, ...args, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  return openRun(out);
}

it("an explanation that runs again names the epoch that paid last, as the run recorded it", async () => {
  const run = await made("last-champions", "time.days=40");
  const rewards = await readTableRows<{ position: number; epoch: number; paid_rao: number }>(run, "rewards");
  const last = Math.max(...rewards.map(({ epoch }) => epoch));
  let unpaid = 0;
  for (const position of [...new Set(rewards.map((row) => row.position))]) {
    const paid = rewards.filter((row) => row.position === position && row.paid_rao > 0).map(({ epoch }) => epoch);
    if (paid.length === 0 || paid.includes(last)) continue;
    unpaid += 1;
    const { explanation, ran_again } = await explainPay(run, { position, epoch: "last" });
    expect(ran_again).toBe(true);
    expect(explanation).toMatchObject({ kind: "miner", last_paid: { epoch: { epoch: Math.max(...paid) } } });
    if (unpaid === 2) break;
  }
  expect(unpaid).toBe(2);
});

it("who is not paid in a closed loop is told by its base weight, and the period of such a run is that of its epochs", async () => {
  const run = await made("yuma3", "time.days=1", "vesting.minimum_stake=1000000", "vesting.below_minimum=zero");
  expect(Object.values(run.manifest.summary.events).every((count) => count === 0)).toBe(true);
  const epochs = (await readEpochs(run)).of(33);
  const { period } = await runSummary(run);
  expect([period?.start_ms, period?.end_ms]).toEqual([epochs[0].start_ms, epochs.at(-1)?.end_ms]);
  expect(period?.start_ms).toBe(Date.UTC(2026, 0, 1));
  const { out } = await runInProcess(["explain", run.dir, "--hotkey", "ring-1", "--epoch", "last"]);
  expect(out).toContain("Not paid in epoch 20, though base weights alone would pay it, nor in any other of the run.");
  expect(out).not.toContain("recording");
});
