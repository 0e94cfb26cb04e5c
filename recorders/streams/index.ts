export { hashFile } from "../file-hash.js";
export { systemCode } from "../system-words.js";
export type { ChainChunk, ChainSection } from "./chain-section.js";
export { flowTotals } from "./flow-totals.js";
export * from "./recording.js";
export { RECORDING_MANIFEST_NAME } from "./recording-files.js";
export { checkOutputPath } from "./recording-folder.js";
export {
  COVERAGES,
  type Coverage,
  type JsonValue,
  RECORDING_FORMAT,
  RECORDING_MANIFEST_BEGINNING,
  RECORDING_VERSION,
  type RecordingFile,
  type RecordingManifest,
  type RecordingSource,
  type RecordingStream,
  readRecordingManifest,
  recordedFiles,
  recordedKinds,
  recordingDigest,
  recordingManifestText,
} from "./recording-manifest.js";
export { RecordingSums, type StreamSum } from "./recording-sums.js";
export * from "./recording-writer.js";
export { STREAM_ROWS_PER_BATCH, StreamFileWriter } from "./stream-file-writer.js";
export { StreamRows } from "./stream-rows.js";
export { streamSchema } from "./stream-schema.js";
