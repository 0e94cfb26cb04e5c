export { libraryVersions, toolVersion } from "../versions.js";
export type { BatchOrder } from "./arrow-table-reader.js";
export { readArrowTable } from "./arrow-table-reader.js";
export { ArrowTableWriter, ROWS_PER_BATCH, type TableFile } from "./arrow-table-writer.js";
export {
  type AlternativeEntry,
  alternativesOf,
  baseOf,
  type ClosedLoopEntry,
  type LoopSubnetEntry,
  profitEach,
  type RatingEntry,
  type StrategyEntry,
} from "./closed-loop-entry.js";
export { runDigest } from "./digest.js";
export { type ExpectedDuckdb, faultsOfDuckdb, hasStrayDuckdb } from "./duckdb-check.js";
export { quoteName, quoteText } from "./duckdb-schema.js";
export { enclosingResults } from "./enclosing-results.js";
export {
  firstDifference,
  firstRowDifference,
  type RowDifference,
  type ShownRow,
  type ShownValue,
  type TableDifference,
} from "./first-difference.js";
export { type GatheredColumn, type GatheredTable, GatheredTables } from "./gathered-tables.js";
export type { HandedMinerEntry, HandedOverEntry } from "./handed-over-entry.js";
export type { IndexSummaryEntry } from "./index-summary-entry.js";
export {
  type InputEntry,
  inputEntry,
  isStudyFolder,
  PARTIAL_MANIFEST_NAME,
  REPLICATES_DIR,
  type RunManifest,
  type RunState,
  readRunManifest,
  readRunState,
  sha256,
  type TableEntry,
  tableEntry,
  writeManifest,
  writeManifestText,
} from "./manifest.js";
export { checkRunDigest, type OpenRun, openRun } from "./open-run.js";
export { openRunDatabase, viewQueries } from "./open-run-database.js";
export { openTablesFile, openTablesOfRun } from "./open-tables.js";
export type {
  PlainOptions,
  PlainProgress,
  PlainTable,
  PlainType,
  PlainValue,
} from "./plain-table.js";
export type { AroundNative, QueryAnswer, QueryShape } from "./query-answer.js";
export type { QueryLimits } from "./query-watch.js";
export { type ResultRow, readRows } from "./read-rows.js";
export { loadReplicates } from "./replicates-duckdb.js";
export { checkResultFolder, lockResultFolder, restoreManifest } from "./result-folder.js";
export { MANIFEST_NAME, manifestText, readManifestJson } from "./result-manifest.js";
export { type ResultSink, ResultWriter } from "./result-writer.js";
export type { CatalogColumn, CatalogEntry } from "./results-catalog.js";
export type { RunDatabase } from "./run-database.js";
export { RunDirectory, type RunFolderUse } from "./run-directory.js";
export { DUCKDB_NAME, isOfReplicates, ownRunFiles, PARTIAL_DIR, TABLES_DIR, WORK_DIR } from "./run-files.js";
export { withReadErrors, withWriteErrors } from "./storage-error.js";
export { type MetricsEntry, toMetricsEntry, toSummaryEntry } from "./summary-entry.js";
export type { AnswerColumn, TableAnswer } from "./table-answer.js";
export type { TablesDatabase, TablesOptions } from "./tables-database.js";
export { writeTablesDuckdb } from "./write-tables-duckdb.js";
