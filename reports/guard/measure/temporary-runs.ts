import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResultTableName } from "../../../engine/index.js";
import {
  type CheckedInputs,
  loadRules,
  type OpenRun,
  openRun,
  processTag,
  removeLeftOvers,
  runScenario,
} from "../../../recorders/index.js";
import type { Scenario, ScenarioConfiguration } from "../../../scenarios/index.js";
import { withTemporaryErrors } from "../../temporary-errors.js";
import { guardedScenario } from "./guarded-scenario.js";
import type { MeasureOptions } from "./measured-run.js";

const TEMPORARY = "tenure-guard-";

/** A run in a temporary folder, with its rules. */
export interface TemporaryRun {
  readonly run: OpenRun;
  readonly scenario: Scenario;
  /** Of its scenario, rules of files bound. */
  readonly configuration: ScenarioConfiguration;
}

/** Makes a folder for runs that are traced, and removes it when the work has ended; also what killed processes left of theirs. */
export async function withTemporaryRuns<T>(
  options: MeasureOptions,
  work: (
    run: (name: string, scenario: Scenario, tables: readonly ResultTableName[] | "all", inputs?: CheckedInputs) => Promise<TemporaryRun>,
  ) => Promise<T>,
): Promise<T> {
  await removeLeftOvers(tmpdir(), TEMPORARY);
  const folder = join(tmpdir(), `${TEMPORARY}${processTag()}`);
  await withTemporaryErrors(() => mkdir(folder, { mode: 0o700 }));
  try {
    return await work(async (name, scenario, tables, inputs) => {
      const out = join(folder, name);
      const guarded = guardedScenario(scenario, tables);
      await withTemporaryErrors(() => runScenario(guarded, { ...options, out, duckdb: false }));
      const bound = await loadRules(scenario, null, inputs?.bundles);
      return { run: await openRun(out, true), scenario, configuration: bound.scenario.configuration };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
