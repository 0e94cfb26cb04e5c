import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../recorders/index.js";
import { runFindings } from "../../reports/findings/run-findings.js";
import { runInProcess } from "../cli/run-in-process.js";
import { workFolder } from "../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

/** What is found in the scenarios that need no recording, all tables recorded of every twentieth epoch; each was looked at and is so. */
it.each<[scenario: string, codes: readonly string[]]>([
  ["demo", []],
  ["handed-over", []],
  ["rank-decay", []],
  ["subnet-year", []],
  ["vesting-attack", ["strategy_beats_holding"]],
])("%s", async (scenario, codes) => {
  const dir = join(folder.path, scenario);
  const sets = ["--set", "record.tables=all", "--set", "record.every_epochs=20"];
  expect(await runInProcess(["run", scenario, ...sets, "--out", dir, "--no-duckdb", "--quiet"])).toMatchObject({ code: 0 });
  expect((await runFindings(await openRun(dir))).map(({ code }) => code)).toEqual(codes);
});
