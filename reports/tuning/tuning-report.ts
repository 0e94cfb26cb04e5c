import { analyseTuning, type Better, type Trial, type Tuning, type TuningFinding } from "../../studies/index.js";

export interface TuningTrialReport {
  readonly trial: number;
  readonly set: Readonly<Record<string, number | string | boolean>>;
  /** By objective; null: the trial failed. */
  readonly objectives: Readonly<Record<string, ObjectiveReport>> | null;
  readonly is_on_front: boolean;
  readonly error: Trial["error"];
}

/** Mean of an objective over the replicates, and its 95 % interval; null: one replicate has none. */
export interface ObjectiveReport {
  readonly mean: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Mean difference from the chosen trial within replicates, and its interval; null: one replicate. */
  readonly from_chosen: { readonly mean: number; readonly interval: { readonly low: number; readonly high: number } | null } | null;
}

/** A tuning, in the names of `--json`. */
export interface TuningReport {
  readonly dir: string;
  readonly scenario: string;
  readonly seed: number;
  readonly replicates: readonly number[];
  readonly random: readonly string[];
  readonly parameters: readonly { readonly path: string; readonly values: readonly (number | string | boolean)[] }[];
  readonly objectives: readonly { readonly name: string; readonly better: Better }[];
  readonly trials: readonly TuningTrialReport[];
  /** Trials that no other is better than in one objective without being worse in another. */
  readonly front: readonly number[];
  readonly chosen: number | null;
  readonly findings: readonly TuningFinding[];
}

export function tuningReport(tuning: Tuning): TuningReport {
  const { dir, scenario, seed, replicates, random, parameters, objectives, trials } = tuning;
  const { spreads, front, chosen, differences, findings } = analyseTuning(tuning);
  const onFront = new Set(front);
  return {
    dir,
    scenario,
    seed,
    replicates,
    random,
    parameters,
    objectives,
    trials: trials.map(({ number, assignment, error }) => ({
      trial: number,
      set: Object.fromEntries(parameters.map(({ path }, at) => [path, assignment[at]])),
      objectives:
        spreads[number] === null
          ? null
          : Object.fromEntries(
              objectives.map(({ name }, k) => {
                const { mean, interval } = spreads[number]?.[k] ?? { mean: Number.NaN, interval: null };
                const difference = differences[number]?.[k];
                const from = difference === undefined ? null : { mean: difference.mean, interval: difference.interval };
                return [name, { mean, interval, from_chosen: from }];
              }),
            ),
      is_on_front: onFront.has(number),
      error,
    })),
    front,
    chosen,
    findings,
  };
}
