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
  ["penalty-burned", []],
  ["burn-and-rank", []],
  ["burn-feedback", []],
  ["subnet-year", []],
  ["vesting-attack", []],
  // Everybody sells, and what one loses goes to the others.
  ["penalty-normalised", ["penalty_cancelled"]],
  // Three tenths are withheld from those who sold, and burned.
  ["burn-and-hold", ["emission_lost"]],
  // What the scenario is about.
  ["colluding-validators", ["strategy_beats_holding"]],
  // It has no bonus: it is about what comes before the rule.
  ["yuma3", ["retention_without_effect"]],
  // The price falls, so that who sells a part makes a little more.
  ["vesting-honest", ["strategy_beats_holding"]],
  ["weekly-sellers", ["strategy_beats_holding"]],
  // Who sells all holds nothing when an epoch ends.
  ["vesting-mixed", ["pay_below_minimum", "strategy_beats_holding"]],
  ["vesting-vs-none", ["pay_below_minimum", "strategy_beats_holding", "retention_without_effect"]],
  // Three of twenty places are taken in the mean, and in one hour nobody has a score.
  ["tao20-crash", ["weights_zero", "pay_too_concentrated", "tiers_unfilled"]],
])("%s", async (scenario, codes) => {
  const dir = join(folder.path, scenario);
  const sets = ["--set", "record.tables=all", "--set", "record.every_epochs=20"];
  expect(await runInProcess(["run", scenario, ...sets, "--out", dir, "--no-duckdb", "--quiet"])).toMatchObject({ code: 0 });
  expect((await runFindings(await openRun(dir))).map(({ code }) => code)).toEqual(codes);
});
