import type { SimulationStep } from "./books/simulation-step.js";
import type { RunMetricsSummary } from "./metrics/index.js";
import type { ModuleSummaries } from "./modules/modules.js";
import type { ColumnBatch } from "./tables/column.js";
import type { RejectionCause, ResultTableName } from "./tables/results.js";
import type { ResidualRow } from "./tables/vocabularies/rest-rows.js";

/** What a run amounts to. Sums are decimal strings because they may pass 2^53. */
export interface SimulationSummary extends ModuleSummaries {
  /** First and last instant that was processed; null when no event was. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Rows read, by stream name. */
  readonly events: Readonly<Record<string, number>>;
  readonly positions: number;
  readonly epochs: number;
  readonly tranches: number;
  readonly exits: number;
  readonly rejections: Readonly<Record<RejectionCause, number>>;
  readonly unexplainedRao: string;
  readonly roundingRao: string;
  /** The sums that must agree: remaining = inflow + emission - outflow + from outside (moves cancel). */
  readonly inflowRao: string;
  readonly emissionRao: string;
  readonly outflowRao: string;
  /** What transfers and moves brought beyond what their senders were known to hold. */
  readonly fromOutsideRao: string;
  readonly remainingRao: string;
  readonly unallocatedRao: string;
  readonly outsideRao: string;
  /** What a list of stages sent elsewhere than to miners; null: the rule is no list. */
  readonly residualRao: Readonly<Record<ResidualRow, string>> | null;
  /** Rows written, by table. */
  readonly rows: Readonly<Partial<Record<ResultTableName, number>>>;
  /** How far the rule moves pay, and what the data cannot decide; null where no epoch had a pot. */
  readonly metrics: RunMetricsSummary | null;
  /** The same of parts of its time, in the order in which they were asked for (`RunObservers.spans`); left out where none were. */
  readonly spans?: readonly (RunMetricsSummary | null)[];
  /** Things a reader of the results should know, in words. */
  readonly warnings: readonly string[];
}

export type Simulation = Generator<SimulationStep, SimulationSummary, ColumnBatch | undefined>;
