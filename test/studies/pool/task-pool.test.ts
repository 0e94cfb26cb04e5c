import { expect, it } from "vitest";
import { TaskPool } from "../../../studies/pool/task-pool.js";
import type { TrialOutcome, TrialSetting, TrialTask } from "../../../studies/pool/trial-task.js";
import { recordingOnly } from "../../../studies/recording-only.js";
import { smallScenario } from "../small-study.js";

const setting: TrialSetting = { file: null, data: undefined, rules: undefined, bundles: new Map() };

function taskOf(trial: number): TrialTask {
  const scenario = smallScenario({ replicate: trial });
  return { trial, replicate: trial, resolved: recordingOnly(scenario, []).resolved, task: String(trial) };
}

it("threads are given tasks again and again, and none is ended while it still loads", async () => {
  const pool = new TaskPool<TrialTask, TrialOutcome>("trial-worker.js", setting, { jobs: 4 });
  const settled: number[] = [];
  const settle = async ({ trial }: TrialTask) => void settled.push(trial);
  // One task is done long before the other threads have loaded: to end them then is what Node aborts the process by.
  await pool.run([taskOf(0)], settle);
  await pool.run([taskOf(1), taskOf(2)], settle);
  expect(settled.toSorted()).toEqual([0, 1, 2]);
  await pool.close();
});

it("stopped by the signal it throws its reason, and what had not begun never does", async () => {
  const stop = new AbortController();
  const pool = new TaskPool<TrialTask, TrialOutcome>("trial-worker.js", setting, { jobs: 2, signal: stop.signal });
  const settled: number[] = [];
  const reason = new Error("enough");
  const run = pool.run([0, 1, 2, 3, 4, 5, 6, 7].map(taskOf), async ({ trial }) => {
    settled.push(trial);
    stop.abort(reason);
  });
  await expect(run).rejects.toBe(reason);
  expect(settled.length).toBeLessThan(8);
  await pool.close();
});

it("begins nothing more once it is said so, but the first of a run", async () => {
  const settled: number[] = [];
  const pool = new TaskPool<TrialTask, TrialOutcome>("trial-worker.js", setting, { jobs: 1, goesOn: () => false });
  await pool.run([0, 1, 2].map(taskOf), async ({ trial }) => void settled.push(trial));
  expect(settled).toEqual([0]);
  await pool.close();
});
