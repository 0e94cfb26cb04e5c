import { type PlainOptions, type PlainTable, type PlainType, writeTablesDuckdb } from "../../../recorders/index.js";
import { distinctNames } from "./distinct-names.js";

/** The file in the folder of a tuning. */
export const STUDY_DUCKDB_NAME = "study.duckdb";

type ParameterValue = number | string | boolean;

/** A number that one replicate of a trial came to. */
export interface TrialFigure {
  readonly replicate: number;
  /** `all`, or the label of the part of the time that it is of. */
  readonly span: string;
  readonly figure: string;
  readonly value: number;
}

/** One trial, as its row has it. */
export interface TrialRow {
  readonly trial: number;
  readonly status: "finished" | "failed" | "pruned";
  /** Is no other trial better in one objective without being worse in another? */
  readonly isOnFront: boolean;
  readonly isChosen: boolean;
  /** How many of its replicates were run. */
  readonly replicates: number;
  /** Why it failed; null where it did not. */
  readonly error: { readonly code: string; readonly what: string } | null;
  /** What it set, by the path of the parameter; null or left out: it set nothing there. */
  readonly set: Readonly<Record<string, ParameterValue | null>>;
  /** Means over its replicates, by the name of the objective; null or left out: there is none. */
  readonly objectives: Readonly<Record<string, number | null>>;
  readonly figures: readonly TrialFigure[];
}

/** What a file of a study holds. */
export interface TrialsContent {
  /** Paths, in the order of their columns. */
  readonly parameters: readonly string[];
  /** Names, in the order of their columns. */
  readonly objectives: readonly string[];
  /** In any order: they are written by their numbers. */
  readonly trials: readonly TrialRow[];
  /** What is to be known of the study as a whole, by key. */
  readonly study: Readonly<Record<string, string>>;
}

const FIRST_COLUMNS: PlainTable["columns"] = [
  { name: "trial", type: "INTEGER", meaning: "Number of the trial, from 0." },
  { name: "status", type: "VARCHAR", meaning: "finished, failed, or pruned: given up before all of its replicates." },
  { name: "on_front", type: "BOOLEAN", meaning: "No trial is better in one objective without being worse in another." },
  { name: "is_chosen", type: "BOOLEAN", meaning: "The trial that the study would begin with." },
  { name: "replicates", type: "INTEGER", meaning: "How many of its replicates were run." },
  { name: "error_code", type: "VARCHAR", meaning: "Code of what it failed by; null where it did not." },
  { name: "error_what", type: "VARCHAR", meaning: "What it failed by, in words; null where it did not." },
];

/**
 * Writes what is known of the trials of a study as `trials`, `trial_figures` and `study` of a new DuckDB file: a copy to ask, made of the log,
 * which stays the original. Columns of parameters and objectives are called as these are; of those that DuckDB takes for one (it does not
 * tell upper from lower case) all but the first end in `_2`, `_3` and so on.
 * @throws TenureError `TEN-RESULT-001`, `-011`; the reason of the signal. A file of that name stays as it was then
 */
export async function writeTrialsDuckdb(path: string, content: TrialsContent, options: PlainOptions = {}): Promise<void> {
  const trials = [...content.trials].sort((a, b) => a.trial - b.trial);
  await writeTablesDuckdb(path, [trialsTable({ ...content, trials }), figuresTable(trials), studyTable(content.study)], options);
}

/** Rows of all tables, for who shows how far it is. */
export function trialsDuckdbRows({ trials, study }: TrialsContent): number {
  return trials.reduce((sum, { figures }) => sum + 1 + figures.length, 0) + Object.keys(study).length;
}

/** How the columns of `trials` are called, in the order of what they are of. */
export function trialColumnNames({ parameters, objectives }: Pick<TrialsContent, "parameters" | "objectives">): {
  readonly parameters: readonly string[];
  readonly objectives: readonly string[];
} {
  const taken = FIRST_COLUMNS.map(({ name }) => name);
  const own = distinctNames([...parameters, ...objectives], taken);
  return { parameters: own.slice(0, parameters.length), objectives: own.slice(parameters.length) };
}

function trialsTable({ parameters, objectives, trials }: TrialsContent): PlainTable {
  const own = trialColumnNames({ parameters, objectives });
  const types = parameters.map((path) => typeOf(trials.map(({ set }) => set[path] ?? null)));
  return {
    name: "trials",
    meaning: "A row a trial: how it ended, what it set and what its objectives came to.",
    columns: [
      ...FIRST_COLUMNS,
      ...parameters.map((path, at) => ({ name: own.parameters[at], type: types[at], meaning: `The parameter ${path}.` })),
      ...objectives.map((name, at) => ({
        name: own.objectives[at],
        type: "DOUBLE" as const,
        meaning: `The objective ${name}, mean of the replicates.`,
      })),
    ],
    rows: trials.map(({ trial, status, isOnFront, isChosen, replicates, error, set, objectives: means }) => [
      trial,
      status,
      isOnFront,
      isChosen,
      replicates,
      error?.code ?? null,
      error?.what ?? null,
      ...parameters.map((path, at) => asType(set[path] ?? null, types[at])),
      ...objectives.map((name) => means[name] ?? null),
    ]),
  };
}

function figuresTable(trials: readonly TrialRow[]): PlainTable {
  return {
    name: "trial_figures",
    meaning: "A row a trial, replicate, part of the time and figure.",
    columns: [
      { name: "trial", type: "INTEGER", meaning: "Number of the trial." },
      { name: "replicate", type: "INTEGER", meaning: "Which replicate." },
      { name: "span", type: "VARCHAR", meaning: "all, or the part of the time that the figure is of." },
      { name: "figure", type: "VARCHAR", meaning: "Name of the figure, or of the objective." },
      { name: "value", type: "DOUBLE", meaning: "The figure." },
    ],
    rows: trials.flatMap(({ trial, figures }) =>
      figures.map(({ replicate, span, figure, value }) => [trial, replicate, span, figure, value]),
    ),
  };
}

function studyTable(study: TrialsContent["study"]): PlainTable {
  return {
    name: "study",
    meaning: "What the study was: a row a key.",
    columns: [
      { name: "key", type: "VARCHAR", meaning: "What is told." },
      { name: "value", type: "VARCHAR", meaning: "As text." },
    ],
    rows: Object.entries(study),
  };
}

/** The type that holds all values of a parameter; of no value, and of mixed ones, text. */
function typeOf(values: readonly (ParameterValue | null)[]): PlainType {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size !== 1) return "VARCHAR";
  return kinds.has("number") ? "DOUBLE" : kinds.has("boolean") ? "BOOLEAN" : "VARCHAR";
}

function asType(value: ParameterValue | null, type: PlainType): ParameterValue | null {
  return value === null || type !== "VARCHAR" ? value : String(value);
}
