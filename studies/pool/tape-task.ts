import type { EpochTape, Span } from "../../engine/index.js";
import type { Scenario } from "../../scenarios/index.js";
import type { PlayedTrial } from "../open-loop/index.js";
import type { BrokenTask, FailedTask } from "./broken-task.js";

/** What trials of one tape have in common; its columns lie in memory that threads share. */
export interface TapeSetting {
  readonly tape: EpochTape;
  readonly spans: readonly Span[];
  /** Names of the figures that are wanted. */
  readonly figures: readonly string[];
}

/** Some trials, one after the other. */
export interface TapeTask {
  /** Place of the first among those of the tape. */
  readonly from: number;
  readonly trials: readonly Scenario["resolved"][];
}

export type TapeOutcome =
  /** In their order; null: only a full run can decide it. */
  { readonly status: "finished"; readonly played: readonly (PlayedTrial | null)[] } | FailedTask | BrokenTask;
