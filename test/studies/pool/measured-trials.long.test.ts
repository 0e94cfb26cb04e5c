import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadObjectives, runToSummary, toSummaryEntry } from "../../../recorders/index.js";
import type { Scenario } from "../../../scenarios/index.js";
import { figuresOf } from "../../../studies/figures/registry.js";
import { type Measures, measuresIdentity } from "../../../studies/measures/measures.js";
import { checkSqlObjectives } from "../../../studies/measures/sql-objective.js";
import { runTasks } from "../../../studies/pool/task-pool.js";
import type { TrialOutcome, TrialSetting, TrialTask } from "../../../studies/pool/trial-task.js";
import { recordingOnly } from "../../../studies/recording-only.js";
import { refusalOf, useTemporaryFolders } from "../../recorders/temporary-folder.js";
import { smallScenario } from "../small-study.js";

const folder = useTemporaryFolders();
const SOLD = { name: "sold", sql: "SELECT sum(amount_rao) / 1e9 FROM exits" };
const MINE = `export default ({ objective }) => objective({ name: "mine", meaning: "m", better: "max", parameters: {}, tables: ["exits"],
  measure: (_, { figures, tables }) => tables.exits.amount_rao.reduce((a, b) => a + b, 0) / 1e9 - figures.outflow });`;

async function measuresOf(sql = [SOLD], module: string | null = MINE, scenario: Scenario = smallScenario()): Promise<Measures> {
  const dir = await folder();
  if (module !== null) await writeFile(join(dir, "mine.ts"), module);
  const uses = module === null ? [] : [{ use: "./mine.ts", place: { path: "objectives.0" } }];
  return { sql: await checkSqlObjectives(sql, scenario), modules: await loadObjectives(uses, dir) };
}

interface RunOptions {
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onSettled?: (outcome: TrialOutcome) => void;
}

/** Runs trials on threads. @returns what came of them, in their order */
async function trials(measures: Measures | undefined, scenarios: readonly Scenario[], { jobs = 2, signal, onSettled }: RunOptions = {}) {
  const setting: TrialSetting = { file: null, data: undefined, rules: undefined, bundles: new Map(), measures };
  const tasks = scenarios.map((scenario, trial): TrialTask => {
    const { resolved } = recordingOnly(scenario, []);
    return { trial, replicate: scenario.configuration.replicate, resolved, task: String(trial) };
  });
  const outcomes: TrialOutcome[] = [];
  const settle = async ({ trial }: TrialTask, outcome: TrialOutcome) => {
    outcomes[trial] = outcome;
    onSettled?.(outcome);
  };
  await runTasks<TrialTask, TrialOutcome>("trial-worker.js", setting, tasks, settle, { jobs, signal });
  return outcomes;
}
const small = [0, 1, 2].map((replicate) => smallScenario({ replicate }));

describe("trials on threads", () => {
  it("have their measures beside their figures, the same with one thread and with two", async () => {
    const measures = await measuresOf();
    const outcomes = await trials(measures, small);
    for (const [at, scenario] of small.entries()) {
      const own = figuresOf(toSummaryEntry(await runToSummary(scenario))).map(({ name, value }) => [name, value] as const);
      const { outflow } = Object.fromEntries(own);
      expect(outcomes[at]).toMatchObject({ status: "finished", figures: Object.fromEntries(own) });
      const { sold, mine } = (outcomes[at] as Extract<TrialOutcome, { status: "finished" }>).figures;
      expect(sold).toBeCloseTo(outflow, 6);
      expect(mine).toBeCloseTo(0, 6);
    }
    expect(await trials(measures, small, { jobs: 1 })).toEqual(outcomes);
  });

  it("have the figures alone where nothing is measured", async () => {
    const [outcome] = await trials(undefined, small.slice(0, 1));
    expect(Object.keys((outcome as Extract<TrialOutcome, { status: "finished" }>).figures)).not.toContain("sold");
  });

  it("fail where what they are asked has no answer, and the others do not", async () => {
    const more = { name: "more", sql: "SELECT CASE WHEN count(*) > 30 THEN NULL ELSE count(*) END FROM epochs" };
    const outcomes = await trials(await measuresOf([more], null), [smallScenario(), smallScenario({ sets: ["time.days=6"] })]);
    expect(outcomes).toMatchObject([{ status: "finished" }, { status: "failed", error: { code: "TEN-TUNE-125", found: "NULL" } }]);
    const throwing = await measuresOf([], MINE.replace("=> tables", "=> nothing + tables"));
    expect(await trials(throwing, small.slice(0, 1))).toMatchObject([{ status: "failed", error: { code: "TEN-PLUGIN-011" } }]);
  });

  it("end at once where a measure is called as a figure is, or as another", async () => {
    for (const measures of [
      await measuresOf([{ ...SOLD, name: "outflow" }], null),
      await measuresOf([SOLD, SOLD], null),
      await measuresOf([{ ...SOLD, name: "mine" }]),
    ]) {
      expect(await refusalOf(() => trials(measures, small))).toMatchObject({ code: "TEN-TUNE-127" });
    }
  });

  it("can be stopped while a query computes, and the process lives on", async () => {
    // Of two days it is there at once, of six it never is.
    const sql = `SELECT count(*) FROM (SELECT CASE WHEN count(*) > 30 THEN 3000000 ELSE 1 END AS n FROM epochs) AS size, range(n) AS a(i), range(n) AS b(j)
      WHERE hash(i * j) % 7 = 1`;
    const measures = await measuresOf([{ name: "endless", sql }], null);
    const stop = new AbortController();
    const reason = new Error("enough");
    let settled = 0;
    const running = trials(measures, [smallScenario({ sets: ["time.days=6"] }), ...small, ...small], {
      signal: stop.signal,
      // The other thread has run all of these meanwhile.
      onSettled: () => {
        settled += 1;
        if (settled === 2 * small.length) setImmediate(() => stop.abort(reason));
      },
    });
    await expect(running).rejects.toBe(reason);
    expect(await trials(await measuresOf(), small.slice(0, 1))).toMatchObject([{ status: "finished" }]);
  });

  it("are told apart by what is measured", async () => {
    const identities = [
      await measuresOf(),
      await measuresOf([{ ...SOLD, name: "other" }]),
      await measuresOf([{ ...SOLD, sql: `${SOLD.sql} WHERE true` }]),
      await measuresOf([SOLD], MINE.replace("- figures", "+ figures")),
      await measuresOf([SOLD], null),
    ].map((measures) => JSON.stringify(measuresIdentity(measures)));
    expect(new Set(identities).size).toBe(5);
    expect(JSON.stringify(measuresIdentity(await measuresOf()))).toBe(identities[0]);
  });
});
