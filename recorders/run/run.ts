import { type RunObservers, type SimulationSummary, TenureError } from "../../engine/index.js";
import type { Scenario } from "../../scenarios/index.js";
import type { KnownFile } from "../results/known-file.js";
import { readRunState } from "../results/manifest.js";
import type { ResultSink } from "../results/result-writer.js";
import { RunDirectory } from "../results/run-directory.js";
import { type ExecuteOptions, executeRun, type RunResult, simulatePrepared } from "./execute.js";
import { type PrepareOptions, prepareRun } from "./prepare.js";
import { closeSources } from "./prepared-run.js";

/** How a scenario is run, and into which folder. */
export interface RunOptions extends ExecuteOptions {
  /** Checks every position against its totals after every event; slow. */
  readonly audit?: boolean | undefined;
  /** As `PrepareOptions.rules`. */
  readonly rules?: ReadonlyMap<string, KnownFile> | undefined;
}

/**
 * Runs a scenario into a run folder: the one way to run. Streams are opened and checked before anything is made.
 * @throws TenureError for bad input (nothing is left that was not there before); `TEN-RUN-001` when `signal` stopped it (the
 *   folder is left marked incomplete, a finished run in it untouched); `TEN-RESULT-...` for the folder and the disk
 */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunResult> {
  const startedMs = performance.now();
  await RunDirectory.check(options.out, { scenario: scenario.configuration.name, force: options.force });
  const data = options.data ?? ".";
  const prepared = await prepareRun(scenario, { ...options, data }).catch(async (error: unknown) => {
    throw options.signal?.aborted === true ? await interrupted(options.out) : error;
  });
  try {
    const hasRecorded = prepared.inputs.some(({ source }) => source === "recorded");
    return await executeRun(prepared, performance.now() - startedMs, { ...options, data: hasRecorded ? data : undefined });
  } catch (error) {
    throw options.signal?.aborted === true ? await interrupted(options.out) : error;
  } finally {
    await closeSources(prepared);
  }
}

/**
 * Runs a scenario without writing anything.
 * @param options.sink takes the batches of the tables that the scenario records; they are dropped when it is left out
 * @param options.spans parts of its time whose figures `summary.spans` has; of no cost where there are none
 */
export async function runToSummary(
  scenario: Scenario,
  options: PrepareOptions & RunObservers & { readonly sink?: ResultSink } = {},
): Promise<SimulationSummary> {
  const prepared = await prepareRun(scenario, options);
  return simulatePrepared(prepared, options.sink ?? { append: () => undefined }, options, options);
}

async function interrupted(out: string): Promise<TenureError> {
  const kept = (await readRunState(out).catch(() => null))?.kind === "complete";
  return new TenureError({
    code: "TEN-RUN-001",
    what: kept ? "The run was interrupted; the earlier run in this folder was kept." : "The run was interrupted.",
    place: { file: out },
    hint: kept
      ? "Run it again with the same --out to replace the earlier run."
      : "Run it again with the same --out; it replaces an unfinished run.",
  });
}
