import type { InputEntry } from "../../recorders/index.js";
import type { StudyManifest } from "../folder/study-manifest.js";

/** What the manifest of a study says before any replicate is run. */
export type StudyPlan = Pick<
  StudyManifest,
  "scenario" | "seed" | "random" | "asked" | "shard" | "code" | "identity" | "libraries" | "data"
> & {
  readonly inputs: readonly InputEntry[];
  /** The numbers of the replicates, ascending. */
  readonly replicates: readonly number[];
};
