export { type AskedDuckdb, type AskedFolder, askedFolder } from "./asking/asked-folder.js";
export { type FolderKind, folderKind } from "./asking/folder-kind.js";
export { type AlignedPlace, alignStages } from "./compare/align-stages.js";
export { compareRuns, type FigurePair, type RunComparison } from "./compare/compare-runs.js";
export { type ComparedScenarios, type CompareScenariosOptions, compareScenarios } from "./compare/compare-scenarios.js";
export { type CompareStudiesOptions, compareStudies, type StudiesComparison } from "./compare/compare-studies.js";
export { comparedKind, oneKind } from "./compare/compared-kind.js";
export type { FigureDifference, MinerDifference, PairsComparison } from "./compare/compared-pairs.js";
export { COMPARISON_FORMAT, type ComparisonState, readComparisonState } from "./compare/comparison-manifest.js";
export type { PartingEvent, PlacedParting } from "./compare/first-event.js";
export type { PairedDifference, Verdict } from "./compare/paired-difference.js";
export type { MinerShift, PayShift, SubnetShift } from "./compare/pay-shift.js";
export type { PlacedRow } from "./compare/place-rows.js";
export { isStageList, stagePath, stagePlaces } from "./compare/stage-places.js";
export { POWER } from "./compare/t-quantile.js";
export { entriesOf, type ValueDifference, valueDifferences } from "./compare/value-differences.js";
export { type WinnersAndLosers, winnersAndLosers } from "./compare/winners-and-losers.js";
export type { Figure, FigureSource, RunFigures } from "./figures/figure.js";
export { FIGURES_TABLE, type FigureRow } from "./figures/figures-table.js";
export { figuresOf } from "./figures/registry.js";
export { spanFigures } from "./figures/span-figures.js";
export { type OpenStudy, openStudy } from "./folder/open-study.js";
export { StudyDirectory, type StudyFolderUse } from "./folder/study-directory.js";
export { type RefusalEntry, type ReplicateEntry, readStudyState, type StudyManifest, type StudyState } from "./folder/study-manifest.js";
export { duckdbWords, firstWord, isSaidByDuckdb, lineWords } from "./measures/duckdb-words.js";
export { type Measures, measuresIdentity } from "./measures/measures.js";
export { type QuerySyntax, querySyntax } from "./measures/query-syntax.js";
export {
  type CheckedSqlObjective,
  checkSqlObjectives,
  type SqlObjective,
} from "./measures/sql-objective.js";
export { type MinerPay, readMinerPay } from "./miner-pay.js";
export { type PlayedTrial, recordTape, TapePlayer, whyNotOpenLoop } from "./open-loop/index.js";
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
export { meanOf } from "./statistics/mean.js";
export { quantile } from "./statistics/quantile.js";
export { CONFIDENCE, type Spread, spreadOf } from "./statistics/spread.js";
export { studentTQuantile } from "./statistics/student-t.js";
export { analyseTuning, isEligible, type TuningAnalysis } from "./tuning/analysis/analyse-tuning.js";
export type { JudgedBy, OverfittingFigures, TrustAnalysis } from "./tuning/analysis/trust-analysis.js";
export type { TuningFinding } from "./tuning/analysis/tuning-findings.js";
export { type AppliedTrial, applyTrial } from "./tuning/apply-trial.js";
export { isTuning } from "./tuning/is-tuning.js";
export { mergeTunings } from "./tuning/merge-tunings.js";
export { type Better, OBJECTIVE_ALLOWED, type Objective, parseObjective } from "./tuning/objectives/objective.js";
export { type OpenTuning, openTuning } from "./tuning/open-tuning.js";
export { planOf, planOfInput, readStudy, studyFileOf } from "./tuning/plan/read-study.js";
export { studyJsonSchema } from "./tuning/plan/study-json-schema.js";
export { studyOf } from "./tuning/plan/study-of.js";
export type { StudyInput, StudyStatement } from "./tuning/plan/study-schema.js";
export { studySchema } from "./tuning/plan/study-schema.js";
export type { Limit, TuningPlan } from "./tuning/plan/tuning-plan.js";
export { samplerNamed } from "./tuning/samplers/index.js";
export type { GridImportance } from "./tuning/sensitivity/grid-importance.js";
export type { SensitivityResult } from "./tuning/sensitivity/sensitivity-plan.js";
export { domainWords, type TunedValue } from "./tuning/space/domain.js";
export { parseVary, type TunedParameter, VARY_ALLOWED } from "./tuning/space/tuned-parameter.js";
export {
  STUDY_DUCKDB_NAME,
  type TrialFigure,
  type TrialRow,
  type TrialsContent,
  trialColumnNames,
  trialsDuckdbRows,
  writeTrialsDuckdb,
} from "./tuning/trials/trials-duckdb.js";
export type { ObjectiveJudgement } from "./tuning/trust/judgement.js";
export { type TuneOptions, type TuneProgress, tune } from "./tuning/tune.js";
export type { Measured, Trial, TrialStatus, Tuning } from "./tuning/tuning.js";
