import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../recorders/index.js";
import { runStages } from "../../reports/run-stages.js";
import { runInProcess } from "../cli/run-in-process.js";
import { workFolder } from "../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

const LIST = "stages=[{burn: {share: 0.6}},{gate: {by: stake, at_least: 20000, below: scale}},{burn: {share: 0.5}},{residual: burn}]";

it("tells of every stage what it takes of the whole pot, whatever burns keep", async () => {
  const dir = join(folder.path, "run");
  const { code } = await runInProcess([
    "run",
    "stake-tiers",
    "--set",
    LIST,
    "--set",
    "time.days=5",
    "--out",
    dir,
    "--no-duckdb",
    "--quiet",
  ]);
  expect(code).toBe(0);
  const run = await openRun(dir);
  // Of the gate: what it takes of a pot of which two fifths, and of that one half, are left.
  const epochs = new Set<number>();
  let lost = 0;
  for await (const { columns, declaration, rows } of run.readTable("stage_weights")) {
    const of = (name: string) => columns[declaration.columns.findIndex((column) => column.name === name)];
    for (let row = 0; row < rows; row++) {
      epochs.add(Number(of("epoch")[row]));
      lost += Math.max(0, Number(of("share_before")[row]) - Number(of("share_after")[row]));
    }
  }
  const taken = lost / epochs.size;
  const told = (await runStages(run)).map((stage) => [stage.name, stage.taken]);
  expect(told).toEqual([
    ["burn", expect.closeTo(0.6, 12)],
    ["gate", expect.closeTo(0.4 * 0.5 * taken, 12)],
    ["burn", expect.closeTo(0.4 * 0.5, 12)],
    ["residual", null],
  ]);
  expect(taken).toBeGreaterThan(0.5);
});
