// biome-ignore-all assist/source/organizeImports: by what they are for; the reference page has these headings.
/**
 * Tenure as a library: what is exported here, and nothing else. docs/how-to/library.md has an example of each use,
 * docs/reference/library.md all names.
 */

/** Scenarios: what is simulated. */
export {
  listShippedScenarios,
  loadScenario,
  type LoadScenarioOptions,
  newScenario,
  parseScenario,
  type Scenario,
  ScenarioErrors,
  scenarioJsonSchema,
  type ShippedScenario,
  type SplicedValue,
  spliceValues,
} from "./scenarios/index.js";

/** Refusals: what every function throws for bad input. */
export { type Place, type Refusal, TenureError } from "./engine/index.js";

/** Runs: a scenario simulated once, and its tables. */
export {
  type OpenRun,
  openRun,
  readRows,
  type ResultRow,
  type RunManifest,
  type RunOptions,
  type RunProgress,
  type RunResult,
  runScenario,
  runToSummary,
  type VerifyOptions,
  type VerifyReport,
  verifyRun,
} from "./recorders/index.js";
export { RESULT_TABLES, type ResultTableName, type SimulationSummary, type TableDeclaration } from "./engine/index.js";
export { type Figure, figuresOf, spanFigures } from "./studies/index.js";

/** Replicates: many draws of one scenario. */
export {
  mergeStudies,
  type OpenStudy,
  openStudy,
  type ReplicateRange,
  runStudy,
  type StudyOptions,
  type StudyVerifyReport,
  verifyStudy,
} from "./studies/index.js";

/** Comparisons: what a change does, to whom, and whether it is luck. */
export {
  type ComparedScenarios,
  compareRuns,
  compareScenarios,
  type CompareScenariosOptions,
  compareStudies,
  type PairedDifference,
  type RunComparison,
  type StudiesComparison,
} from "./studies/index.js";
export { pairsComparison, type PairsComparisonReport, runComparison, type RunComparisonReport } from "./reports/index.js";

/** Tuning: which values are best, and whether the data can tell. */
export {
  type AppliedTrial,
  applyTrial,
  mergeTunings,
  type OpenTuning,
  openTuning,
  type PlayedTrial,
  readStudy,
  recordTape,
  type StudyInput,
  studyJsonSchema,
  studyOf,
  TapePlayer,
  type Trial,
  tune,
  type TuneOptions,
  type TuneProgress,
  type Tuning,
  type TuningPlan,
  whyNotOpenLoop,
  writeTrialsDuckdb,
} from "./studies/index.js";
export { type TuningReport, tuningReport } from "./reports/index.js";

/** Questions in SQL: over the tables of any folder of results. */
export {
  answerCsv,
  answerJson,
  answerText,
  askTables,
  catalogOf,
  type OpenTables,
  openTables,
  READY_QUERIES,
  type ReadyQuery,
  readyQuery,
} from "./reports/index.js";
export type { AnswerColumn, CatalogColumn, CatalogEntry, QueryLimits, TableAnswer, TablesDatabase } from "./recorders/index.js";

/** Explanations: what a pay is made of, term by term, to the rao. */
export {
  type Derivation,
  type DerivationStep,
  derivationsOf,
  explainPay,
  type ExplainPayOptions,
  type Explanation,
  type PayExplanation,
  type RunAgainOptions,
  type RunExplanation,
} from "./reports/index.js";

/** Guards: what a scenario pays, compared with an approved baseline. */
export {
  guardJson,
  guardJunit,
  type GuardReport,
  guardScenario,
  type GuardScenarioOptions,
  guardText,
} from "./reports/index.js";

/** Pages: one HTML file of a run, replicates, a tuning or a comparison, and what its health check finds. */
export { type Finding, type FolderReport, folderReport } from "./reports/index.js";

/** Reports: results as data for readers, and their text. */
export {
  explainMiner,
  type MinerReport,
  type MinerSelection,
  minerText,
  overviewText,
  pairsComparisonText,
  PLAIN_STYLE,
  type ReportStyle,
  rulesOf,
  runComparisonText,
  runOverview,
  runSummary,
  type RunSummary,
  runSummaryText,
  type StudySummary,
  studySummary,
  studySummaryText,
  type SubnetOverview,
  tuningText,
  verifyText,
} from "./reports/index.js";

/** Recordings: imported, recorded from a chain, checked. */
export {
  checkRecording,
  type ImportOptions,
  type ImportReport,
  importRun,
  importTable,
  importTao20,
  importTaostats,
  recordChain,
  type RecordChainOptions,
  type RecordingCheck,
  type RecordReport,
  type TableOptions,
} from "./recorders/index.js";

/** Rules of files of one's own: the types of what such a file is given. */
export type { RuleHelpers } from "./engine/index.js";
