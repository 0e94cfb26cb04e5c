import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-titles-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tenure(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect([code, err]).toEqual([0, ""]);
  return out;
}

it("stages of two runs are called as `show` calls them, and keep their names in JSON", async () => {
  const gates = {
    a: "[{ gate: { by: stake, at_least: 1 } }, { gate: { by: age, at_least: 1 } }]",
    b: "[{ gate: { by: age, at_least: 2 } }, { gate: { by: age, at_least: 3 } }]",
  };
  const dirs = await Promise.all(
    Object.entries(gates).map(async ([name, stages]) => {
      const out = join(folder, name);
      const sets = ["time.days=2", "record.tables=[weights, stage_weights]", `stages=${stages}`].flatMap((set) => ["--set", set]);
      await tenure("run", "burn-and-rank", ...sets, "--no-duckdb", "--quiet", "--out", out);
      return out;
    }),
  );
  const stages = (JSON.parse(await tenure("compare", ...dirs, "--json")) as { stages: { stage: string; title: string }[] }).stages;
  expect(stages.map(({ stage, title }) => [stage, title]).sort()).toEqual([
    ["gate #2", "gate age #2"],
    ["gate", "gate stake, in b gate age"],
  ]);
  const text = await tenure("compare", ...dirs);
  expect(text).toMatch(/^gate stake, in b gate age /m);
  expect(text).toMatch(/^gate age #2 /m);
  expect(await tenure("show", dirs[0])).toMatch(/1 gate stake [\s\S]*2 gate age /);
});
