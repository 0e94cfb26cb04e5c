import type { RequestEstimate } from "./estimate-requests.js";
import type { RecordChainOptions, RecordReport } from "./record-options.js";
import type { RuntimeInspection } from "./runtime/inspect-runtime.js";

export { type Bound, parseBound } from "./blocks/bound.js";
export type { BalanceResidual, ExplainedFigures } from "./check/balance-audit.js";
export { type CheckOptions, type CheckProgress, checkRecording, type RecordingCheck } from "./check/check-recording.js";
export { DEFAULT_EPOCH_BOUND_RAO, type EpochCheck, type EpochDifference } from "./check/epoch-audit.js";
export type { RoundingCheck } from "./check/rounding-check.js";
export type { RequestEstimate } from "./estimate-requests.js";
export * from "./record-options.js";
export type { InspectedPart, RuntimeInspection } from "./runtime/inspect-runtime.js";

// The chain's libraries are large and needed by nothing else, so they are loaded when a chain is asked.

/** `record-chain.ts`. */
export async function recordChain(options: RecordChainOptions): Promise<RecordReport> {
  return (await import("./record-chain.js")).recordChain(options);
}

/** `estimate-requests.ts`. */
export async function estimateRequests(options: RecordChainOptions): Promise<RequestEstimate> {
  return (await import("./estimate-requests.js")).estimateRequests(options);
}

/** `runtime/inspect-runtime.ts`. */
export async function inspectRuntime(file: string): Promise<RuntimeInspection> {
  return (await import("./runtime/inspect-runtime.js")).inspectRuntime(file);
}
