export type { ChunkSource, DriveProgress } from "./drive.js";
export type { RunProgress, RunResult } from "./execute.js";
export * from "./importers/index.js";
export type { PrepareOptions } from "./prepare.js";
export { type CompositionRequest, composeRecordedIndex, type RecordedComposition } from "./recorded-composition.js";
export * from "./results/index.js";
export { type RunOptions, runScenario, runToSummary } from "./run.js";
export * from "./streams/index.js";
export { type ChangedFile, type VerifyOptions, type VerifyReport, verifyRun } from "./verify.js";
