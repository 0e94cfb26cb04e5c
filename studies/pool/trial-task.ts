import type { Span } from "../../engine/index.js";
import type { KnownFile, RuleBundles } from "../../recorders/index.js";
import type { Scenario } from "../../scenarios/index.js";
import type { Measures } from "../measures/measures.js";
import type { BrokenTask, FailedTask } from "./broken-task.js";

/** What all trials of a study have in common; each worker is given it once. */
export interface TrialSetting {
  /** Where the scenario comes from. */
  readonly file: string | null;
  readonly data: string | undefined;
  readonly rules: ReadonlyMap<string, KnownFile> | undefined;
  readonly bundles: RuleBundles;
  /** Parts of the time of which figures are asked, too. */
  readonly spans?: readonly Span[];
  /** What is asked of each run beside its own figures; nothing when left out. */
  readonly measures?: Measures | undefined;
}

/** One replicate of one trial. */
export interface TrialTask {
  readonly trial: number;
  readonly replicate: number;
  readonly resolved: Scenario["resolved"];
  /** Its identity. */
  readonly task: string;
}

export type TrialOutcome =
  | {
      readonly status: "finished";
      /** Figures of the run, and measures, by name. */
      readonly figures: Readonly<Record<string, number>>;
      /** The same by span; without a pot in a span there are none. */
      readonly spans: readonly Readonly<Record<string, number>>[];
      /** What of the rule the data cannot decide, as `summary.metrics.undecided`. */
      readonly undecided: readonly string[];
      /** What the run warns of, in words; none where it was computed from a tape. */
      readonly warnings?: readonly string[];
    }
  | FailedTask
  | BrokenTask;
