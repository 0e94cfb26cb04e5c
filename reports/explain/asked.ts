import type { OpenRun } from "../../recorders/index.js";
import type { RunAgainAs } from "./run-again.js";

/** What is to be explained of a run, and what it takes. */
export interface Asked<Told> {
  /** Keys of `record` that the run lacks for it. */
  readonly lacks: readonly string[];
  /** As which it would be run again. */
  readonly record: Omit<RunAgainAs, "changes">;
  /** Was the last epoch taken where none was named? */
  readonly isLeftToLast: boolean;
  explain(from: OpenRun): Promise<Told>;
  /** The same of a run of other values; null: it is not there. */
  explainOther(other: OpenRun): Promise<Told | null>;
}
