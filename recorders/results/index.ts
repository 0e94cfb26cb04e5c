export { libraryVersions, toolVersion } from "../versions.js";
export { readArrowTable } from "./arrow-table-reader.js";
export { ArrowTableWriter, ROWS_PER_BATCH, type TableFile } from "./arrow-table-writer.js";
export { runDigest } from "./digest.js";
export {
  firstDifference,
  firstRowDifference,
  type RowDifference,
  type ShownRow,
  type ShownValue,
  type TableDifference,
} from "./first-difference.js";
export type { IndexSummaryEntry } from "./index-summary-entry.js";
export { type InputEntry, type RunManifest, readRunManifest, type TableEntry } from "./manifest.js";
export { type OpenRun, openRun } from "./open-run.js";
export { type ResultSink, ResultWriter } from "./result-writer.js";
export { RunDirectory, type RunFolderUse } from "./run-directory.js";
export { DUCKDB_NAME, TABLES_DIR } from "./run-files.js";
export type { MetricsEntry } from "./summary-entry.js";
