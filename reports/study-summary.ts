import { CONFIDENCE, type OpenStudy, type RefusalEntry, spreadOf } from "../studies/index.js";

/** A figure over the replicates of a study. */
export interface FigureSummary {
  readonly name: string;
  /** Empty for a share or a ratio. */
  readonly unit: string;
  readonly meaning: string;
  /** Replicates that have it. */
  readonly n: number;
  readonly mean: number;
  /** The interval of the mean, by Student's t with n - 1 degrees of freedom; null for a single replicate. */
  readonly low: number | null;
  readonly high: number | null;
  readonly standard_deviation: number | null;
  readonly min: number;
  readonly max: number;
}

export interface FailedReplicate {
  readonly replicate: number;
  readonly error: RefusalEntry;
}

/** What many replicates of a scenario amount to, for their end on the terminal and for `--json`. */
export interface StudySummary {
  readonly out: string;
  readonly scenario: string;
  readonly seed: number;
  /** What was asked for, both ends included. */
  readonly replicates: { readonly from: number; readonly to: number };
  /** Null: all of them. */
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** What draws random numbers; empty: nothing does, and one replicate stands for all. */
  readonly random: readonly string[];
  readonly finished: number;
  readonly failed: readonly FailedReplicate[];
  readonly digest: string;
  /** Null when the study stopped after Arrow. */
  readonly duckdb: string | null;
  /** Of the intervals. */
  readonly confidence: number;
  readonly interval: "Student t, n - 1";
  readonly figures: readonly FigureSummary[];
  /** Those of the first finished replicate. */
  readonly warnings: readonly string[];
  readonly elapsed_ms: number | null;
}

/** Reads what a finished study amounts to. */
export async function studySummary(study: OpenStudy): Promise<StudySummary> {
  const { manifest, finished } = study;
  const values = new Map<string, number[]>();
  for (const { figure, value } of await study.readFigures()) {
    const known = values.get(figure);
    if (known === undefined) values.set(figure, [value]);
    else known.push(value);
  }
  const figures = manifest.figures.names.map((named): FigureSummary => {
    const { interval, standardDeviation, ...spread } = spreadOf(values.get(named.name) ?? []);
    return { ...named, ...spread, low: interval?.low ?? null, high: interval?.high ?? null, standard_deviation: standardDeviation };
  });
  const [first] = finished;
  return {
    out: study.dir,
    scenario: manifest.scenario.name,
    seed: manifest.seed,
    replicates: manifest.asked,
    shard: manifest.shard,
    random: manifest.random,
    finished: finished.length,
    failed: manifest.replicates.flatMap((entry) => (entry.status === "failed" ? [{ replicate: entry.replicate, error: entry.error }] : [])),
    digest: manifest.digest,
    duckdb: study.duckdbPath,
    confidence: CONFIDENCE,
    interval: "Student t, n - 1",
    figures,
    warnings: first === undefined ? [] : (await study.openReplicate(first)).manifest.summary.warnings,
    elapsed_ms: manifest.timing.total ?? null,
  };
}
