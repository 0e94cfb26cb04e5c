import { analyseTuning } from "./analysis/analyse-tuning.js";
import type { TuningManifest } from "./folder/tuning-manifest.js";
import type { TrialEntry } from "./trials/trial-log.js";
import { type TrialFigure, type TrialsContent, trialsDuckdbRows, writeTrialsDuckdb } from "./trials/trials-duckdb.js";
import type { Tuning } from "./tuning.js";

export interface TuningDuckdbOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Writes the trials of a tuning as a DuckDB file. Derived from the log: whoever has lost it runs the command again.
 * @param entryOf by task; null: it is not there
 */
export async function writeTuningDuckdb(
  path: string,
  tuning: Tuning,
  manifest: TuningManifest,
  entryOf: (task: string) => TrialEntry | null,
  { signal, onProgress }: TuningDuckdbOptions = {},
): Promise<void> {
  const content = contentOf(tuning, manifest, entryOf);
  const total = trialsDuckdbRows(content);
  await writeTrialsDuckdb(path, content, { signal, onProgress: ({ rows }) => onProgress?.(rows, total) });
}

function contentOf(tuning: Tuning, manifest: TuningManifest, entryOf: (task: string) => TrialEntry | null): TrialsContent {
  const { plan, parameters, objectives, trials, scenario, seed } = tuning;
  const { spreads, front, chosen } = analyseTuning(tuning);
  const onFront = new Set(front);
  return {
    parameters: parameters.map(({ path }) => path),
    objectives: objectives.map(({ name }) => name),
    trials: trials.map((trial, place) => {
      const { tasks, held_out_tasks } = manifest.trials[place];
      return {
        trial: trial.number,
        status: trial.status,
        isOnFront: onFront.has(place),
        isChosen: place === chosen,
        replicates: tasks.length,
        error: trial.error === null ? null : { code: String(trial.error.code), what: String(trial.error.what) },
        set: Object.fromEntries(parameters.map(({ path }, at) => [path, trial.assignment[at]])),
        objectives: Object.fromEntries(objectives.map(({ name }, k) => [name, spreads[place]?.[k].mean ?? null])),
        figures: [...tasks, ...held_out_tasks].flatMap((task) => figuresOf(entryOf(task))),
      };
    }),
    study: {
      name: plan.name,
      scenario,
      seed: String(seed),
      sampler: plan.sampler.name,
      replicates: manifest.replicates.join(" "),
      held_out: manifest.held_out.join(" "),
      ended: manifest.ended,
      digest: manifest.digest,
      spans: JSON.stringify(manifest.time.spans),
      tool: manifest.tool.version,
    },
  };
}

/** Of a run its figures, and of each span those, by its place. */
function figuresOf(entry: TrialEntry | null): readonly TrialFigure[] {
  if (entry?.figures == null) return [];
  const { replicate, figures, spans } = entry;
  const rows = (span: string, own: Readonly<Record<string, number>>) =>
    Object.entries(own).map(([figure, value]) => ({ replicate, span, figure, value }));
  return [...rows("all", figures), ...spans.flatMap((own, at) => rows(`span ${at}`, own))];
}
