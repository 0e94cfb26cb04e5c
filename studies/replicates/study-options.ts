import type { KnownFile, RunProgress } from "../../recorders/index.js";
import type { ReplicateRange, Shard } from "./replicate-range.js";

/** How far a study is. */
export interface StudyProgress {
  /** `checking`: recordings against their checksums; `comparing`: the same of replicates that are there. */
  readonly stage: "checking" | "comparing" | "simulating" | "loading" | "copying";
  readonly done: number;
  readonly total: number | null;
  readonly unit: RunProgress["unit"] | "replicates";
}

/** Which replicates are run, and into which folder. */
export interface StudyOptions {
  /** The folder of the study; made when it is not there. */
  readonly out: string;
  readonly replicates: ReplicateRange;
  /** Only this part of them; all when left out. */
  readonly shard?: Shard | null | undefined;
  /** Threads at the same time; as many as the machine has cores when left out. */
  readonly jobs?: number | undefined;
  /** Where the scenario's relative stream paths start; the working folder when left out. */
  readonly data?: string | undefined;
  /** As `PrepareOptions.rules`. */
  readonly rules?: ReadonlyMap<string, KnownFile> | undefined;
  readonly audit?: boolean | undefined;
  /** Also replace finished results of another scenario; false when left out. */
  readonly force?: boolean | undefined;
  /** Also load all tables into `results.duckdb`; true when left out. */
  readonly duckdb?: boolean | undefined;
  readonly onProgress?: ((progress: StudyProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
