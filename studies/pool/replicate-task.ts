import type { InputEntry, KnownFile, RuleBundles } from "../../recorders/index.js";
import type { Scenario } from "../../scenarios/index.js";
import type { RefusalEntry } from "../folder/study-manifest.js";
import type { BrokenTask } from "./broken-task.js";

/** What all replicates of a study have in common; each worker is given it once. */
export interface ReplicateSetting {
  readonly resolved: Scenario["resolved"];
  /** Where the scenario comes from. */
  readonly file: string | null;
  readonly data: string | undefined;
  readonly audit: boolean | undefined;
  /** As `PrepareOptions.rules`. */
  readonly rules: ReadonlyMap<string, KnownFile> | undefined;
  readonly bundles: RuleBundles;
  /** What was checked: the recordings must be these. */
  readonly files: readonly InputEntry[];
}

export interface ReplicateTask {
  readonly replicate: number;
  /** Where it is written. */
  readonly into: string;
  /** Where it will lie in the end. */
  readonly out: string;
  /** Its identity. */
  readonly task: string;
}

export type ReplicateOutcome =
  | { readonly status: "finished"; readonly digest: string }
  /** The scenario does not go through with these random numbers. */
  | { readonly status: "failed"; readonly error: RefusalEntry }
  | BrokenTask;
