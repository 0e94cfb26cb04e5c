export * from "./calibrating/index.js";
export * from "./chain/index.js";
export * from "./folder/index.js";
export * from "./importers/index.js";
export { readManifestFile } from "./manifest-file.js";
export { isOfRecording, isOfRun, isOfStudy, STUDY_FORMAT } from "./manifest-format.js";
export { type BrokenSeal, checkSeal, sealed } from "./manifest-seal.js";
export * from "./parquet/index.js";
export { loadObjectives, measureObjective, type ObjectiveModule, type ObjectiveUse } from "./plug-ins/load-objectives.js";
export { loadRules, type RuleBundles, type RuleFile } from "./plug-ins/load-rules.js";
export * from "./results/index.js";
export type { KnownFile } from "./results/known-file.js";
export {
  type ChangedFile,
  type ChangedInput,
  type ChangedTable,
  changedRules,
  findChangedInputs,
  findChangedTables,
  hashNow,
} from "./run/changed-files.js";
export type { ChunkSource, DriveProgress } from "./run/drive.js";
export type { RunProgress, RunResult } from "./run/execute.js";
export { type FirstEpochs, lookAtFirstEpochs } from "./run/first-epochs.js";
export { dataFolder, movedAway } from "./run/inputs-of-run.js";
export { type CheckedInputs, type OpenInputsOptions, openInputs, type RunInputs } from "./run/open-inputs.js";
export type { PrepareOptions } from "./run/prepare.js";
export { type CompositionRequest, composeRecordedIndex, type RecordedComposition } from "./run/recorded-composition.js";
export { recordedRules, scenarioOfRun, unchanged } from "./run/recorded-rules.js";
export { type ReplicateOptions, runReplicate } from "./run/replicate.js";
export { findDifference } from "./run/rerun-difference.js";
export { type RunOptions, runScenario, runToSummary } from "./run/run.js";
export { relativeData, ruleInput } from "./run/seen-from-run.js";
export { readToldRows, type ToldKind, type ToldRow } from "./run/told-rows.js";
export { type VerifyOptions, type VerifyReport, verifyRun } from "./run/verify.js";
export * from "./streams/index.js";
export { workerFile } from "./worker-file.js";
