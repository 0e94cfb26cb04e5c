export type { Figure, FigureSource, RunFigures } from "./figures/figure.js";
export { FIGURES_TABLE, type FigureRow } from "./figures/figures-table.js";
export { figuresOf } from "./figures/registry.js";
export { type OpenStudy, openStudy } from "./folder/open-study.js";
export { StudyDirectory, type StudyFolderUse } from "./folder/study-directory.js";
export { type RefusalEntry, type ReplicateEntry, readStudyState, type StudyManifest, type StudyState } from "./folder/study-manifest.js";
export { type MergeOptions, mergeStudies } from "./replicates/merge-studies.js";
export {
  MOST_JOBS,
  parseReplicates,
  parseShard,
  REPLICATES_ALLOWED,
  type ReplicateRange,
  rangeText,
  SHARD_ALLOWED,
  type Shard,
} from "./replicates/replicate-range.js";
export { runStudy } from "./replicates/run-study.js";
export type { StudyOptions, StudyProgress } from "./replicates/study-options.js";
export { type DifferingReplicate, type StudyVerifyReport, type VerifyStudyOptions, verifyStudy } from "./replicates/verify-study.js";
export { CONFIDENCE, type Spread, spreadOf } from "./statistics/spread.js";
export { studentTQuantile } from "./statistics/student-t.js";
