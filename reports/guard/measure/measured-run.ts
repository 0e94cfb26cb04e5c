import { type CheckedInputs, openInputs, type RunProgress, runToSummary, toSummaryEntry } from "../../../recorders/index.js";
import type { Scenario } from "../../../scenarios/index.js";
import { type Figure, figuresOf } from "../../../studies/index.js";
import type { PaidTotals } from "../baseline/paid-line.js";
import { guardedScenario, TOTALS_TABLES } from "./guarded-scenario.js";
import { TotalsSink } from "./totals-sink.js";

export interface MeasureOptions {
  /** Where the scenario's relative stream paths start; the working folder when left out. */
  readonly data?: string | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a guard reads of a run. */
export interface MeasuredRun {
  readonly totals: PaidTotals;
  readonly figures: readonly Figure[];
  /** What was read: recordings with their checksums, files with rules. */
  readonly inputs: CheckedInputs;
  readonly warnings: readonly string[];
}

/** Runs a scenario and sums up what a guard compares. Nothing is written. @throws TenureError of the run */
export async function measureRun(scenario: Scenario, options: MeasureOptions = {}): Promise<MeasuredRun> {
  const inputs = await openInputs(scenario, options);
  const sink = new TotalsSink();
  const summary = await runToSummary(guardedScenario(scenario, TOTALS_TABLES), { ...options, opened: inputs, sink });
  const totals = sink.totals(scenario.configuration.index?.netuid ?? null);
  return { totals, figures: figuresOf(toSummaryEntry(summary)), inputs, warnings: summary.warnings };
}
