import type { PartingEvent, ValueDifference } from "../../../studies/index.js";
import type { BaselineInput } from "../baseline/baseline.js";
import type { LineDifference } from "../compare/line-difference.js";
import type { Parting } from "./parting.js";

/** What has changed since the baseline, as far as a trace tells. */
export interface Trace {
  /**
   * `parameters`: the baseline's scenario still pays as it says, so the scenario changed; else code or data did: `terms` of the baseline,
   * or its `totals` alone, say where.
   */
  readonly by: "parameters" | "terms" | "totals";
  /** Values of the scenario that differ; `by` says whether they alone make the difference. */
  readonly changed: readonly ValueDifference[];
  /** Files that are read and are not those of the baseline. */
  readonly inputs: readonly BaselineInput[];
  /** By `paidKeyText`; empty where only totals tell. */
  readonly partings: ReadonlyMap<string, Parting>;
  /** Lines that differ in nothing but where stages stand that leave all as it is, by `paidKeyText`. */
  readonly same: ReadonlySet<string>;
  /** What each change does by itself, where there are several that can be told apart; empty: they are traced together. */
  readonly each: readonly TracedChange[];
  /** The first event at which the runs part; null: not known, or none. */
  readonly event: PartingEvent | null;
  /** What is to be said of the trace, in words. */
  readonly notes: readonly string[];
}

/** The scenario of the baseline with one change, and nothing else. */
export interface TracedChange {
  readonly changed: readonly ValueDifference[];
  /** By `paidKeyText`. */
  readonly partings: ReadonlyMap<string, Parting>;
  /** Lines that are not paid as by the scenario of the baseline. */
  readonly lines: readonly LineDifference[];
}
