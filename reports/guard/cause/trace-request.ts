import type { Scenario } from "../../../scenarios/index.js";
import type { Baseline } from "../baseline/baseline.js";
import type { MeasuredRun, MeasureOptions } from "../measure/measured-run.js";
import type { withTemporaryRuns } from "../measure/temporary-runs.js";

/** A comparison whose causes are sought. */
export interface TraceRequest extends MeasureOptions {
  readonly scenario: Scenario;
  readonly measured: MeasuredRun;
  readonly baseline: Baseline;
  readonly folder: string;
  readonly hasTerms: boolean;
  /** Lines that differ, by `paidKeyText`. */
  readonly wanted: ReadonlySet<string>;
}

/** Makes a run that is gone when the trace is done. */
export type MakeRun = Parameters<Parameters<typeof withTemporaryRuns>[1]>[0];
