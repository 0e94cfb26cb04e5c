export { readArrowTable } from "./arrow-table-reader.js";
export { ArrowTableWriter, ROWS_PER_BATCH, type TableFile } from "./arrow-table-writer.js";
export { runDigest } from "./digest.js";
export { firstDifference, type TableDifference } from "./first-difference.js";
export { type InputEntry, type RunManifest, readRunManifest, type TableEntry } from "./manifest.js";
export { type OpenRun, openRun } from "./open-run.js";
export { type ResultSink, ResultWriter } from "./result-writer.js";
export { DUCKDB_NAME, RunDirectory, TABLES_DIR } from "./run-directory.js";
export { libraryVersions, toolVersion } from "./versions.js";
