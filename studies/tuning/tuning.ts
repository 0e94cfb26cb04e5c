import { randomStreams } from "../../engine/index.js";
import type { RefusalEntry } from "../folder/study-manifest.js";
import { meanOf } from "../statistics/mean.js";
import type { TuningManifest } from "./folder/tuning-manifest.js";
import { type Objective, valuesOf } from "./objectives/objective.js";
import type { Limit, TuningPlan } from "./plan/tuning-plan.js";
import { designOf, resultOf, type SensitivityResult } from "./sensitivity/sensitivity-plan.js";
import type { Assignment, TunedParameter } from "./space/tuned-parameter.js";
import type { UnitPoint } from "./space.js";
import type { TimeSpans } from "./time/time-spans.js";
import type { TrialEntry } from "./trials/trial-log.js";

export type TrialStatus = "finished" | "failed" | "pruned";

/** What was measured of one trial. */
export interface Measured {
  /** By objective and replicate, in the order of `Tuning.replicates`, as far as it was run; null: it failed. */
  readonly values: readonly (readonly number[])[] | null;
  /** The same of the replicates that nothing was chosen by. */
  readonly heldOut: readonly (readonly number[])[] | null;
  /** By span and objective: the mean over the replicates; null: nothing was measured there. */
  readonly spans: readonly (readonly number[] | null)[];
  /** Means of the figures that are limited, in the order of the plan's limits; null: there is none. */
  readonly limited: readonly (number | null)[];
  /** The same by span; a figure that is measured of whole runs alone has that of the whole. */
  readonly spansLimited: readonly (readonly (number | null)[])[];
  /** Limits that it does not keep. */
  readonly breaks: readonly Limit[];
}

/** One combination of values, and what came of it. */
export interface Trial extends Measured {
  readonly number: number;
  readonly assignment: Assignment;
  readonly point: UnitPoint;
  readonly status: TrialStatus;
  /** Why it failed: the first of its replicates that did. */
  readonly error: TrialEntry["error"];
}

/** What came of a tuning. */
export interface Tuning {
  readonly dir: string;
  readonly plan: TuningPlan;
  readonly scenario: string;
  readonly seed: number;
  readonly parameters: readonly TunedParameter[];
  readonly objectives: readonly Objective[];
  readonly replicates: readonly number[];
  readonly heldOut: readonly number[];
  /** What draws random numbers; empty: nothing. */
  readonly random: readonly string[];
  readonly time: TimeSpans;
  readonly bounds: TuningManifest["bounds"];
  readonly trials: readonly Trial[];
  /** The scenario as it stands. */
  readonly base: Measured;
  /** What of the rule every finished trial says that its data cannot decide. */
  readonly undecided: readonly string[];
  /** What runs of it warn of, in words. */
  readonly warnings: readonly string[];
  readonly ended: TuningManifest["ended"];
  readonly confirmed: TuningManifest["confirmed"];
  /** By objective; null: it was not asked for. */
  readonly sensitivity: readonly SensitivityResult[] | null;
}

/**
 * Puts a tuning together of what its manifest says and its log holds.
 * @param entryOf by task; null: it is not there
 */
export function tuningOf(dir: string, plan: TuningPlan, manifest: TuningManifest, entryOf: (task: string) => TrialEntry | null): Tuning {
  const { objectives, space } = plan;
  const entries = (tasks: readonly string[]) => tasks.flatMap((task) => entryOf(task) ?? []);
  const trials = manifest.trials.map((one): Trial => {
    const own = entries(one.tasks);
    const measured = measuredOf(plan, own, entries(one.held_out_tasks), manifest.time.spans.length);
    return {
      number: one.number,
      assignment: one.set,
      point: one.point,
      status: one.status,
      ...measured,
      error: errorIn(own) ?? errorIn(entries(one.held_out_tasks)),
    };
  });
  const finished = manifest.trials.flatMap(({ tasks }) => entries(tasks)).filter(({ figures }) => figures !== null);
  const { base, scenario } = manifest;
  return {
    dir,
    plan,
    scenario: scenario.name,
    seed: scenario.seed,
    parameters: space.parameters,
    objectives,
    replicates: manifest.replicates,
    heldOut: manifest.held_out,
    random: manifest.random,
    time: manifest.time,
    bounds: manifest.bounds,
    trials,
    base: measuredOf(plan, entries(base.tasks), entries(base.held_out_tasks), manifest.time.spans.length),
    undecided: (finished[0]?.undecided ?? []).filter((one) => finished.every(({ undecided }) => undecided.includes(one))),
    warnings: manifest.warnings,
    ended: manifest.ended,
    confirmed: manifest.confirmed,
    sensitivity: sensitivityOf(plan, manifest, entryOf),
  };
}

function measuredOf(
  { objectives, limits }: TuningPlan,
  own: readonly TrialEntry[],
  heldOut: readonly TrialEntry[],
  spans: number,
): Measured {
  const failed = own.length === 0 || errorIn(own) !== null;
  const limited = limits.map(({ figure }) =>
    failed
      ? null
      : meanFigure(
          own.map(({ figures }) => figures ?? {}),
          figure,
        ),
  );
  return {
    values: failed ? null : byObjective(objectives, own),
    heldOut: failed || heldOut.length === 0 || errorIn(heldOut) !== null ? null : byObjective(objectives, heldOut),
    spans: Array.from({ length: spans }, (_, at) => (failed ? null : spanMeans(objectives, own, at))),
    limited,
    spansLimited: Array.from({ length: spans }, (_, at) =>
      limits.map(({ figure }, i) =>
        failed
          ? null
          : (meanFigure(
              own.map((entry) => entry.spans[at] ?? {}),
              figure,
            ) ?? limited[i]),
      ),
    ),
    breaks: failed ? [] : limits.filter((limit, at) => !keeps(limit, limited[at])),
  };
}

/** Mean over the replicates; null: not all of them have it. */
function meanFigure(figures: readonly Readonly<Record<string, number>>[], name: string): number | null {
  return figures.every((one) => Object.hasOwn(one, name)) ? meanOf(figures.map((one) => one[name])) : null;
}

/** Is a mean within the limit? One that there is not keeps none. */
export function keeps({ atMost, atLeast }: Limit, mean: number | null): boolean {
  return mean !== null && (atMost === null || mean <= atMost) && (atLeast === null || mean >= atLeast);
}

function byObjective(objectives: readonly Objective[], entries: readonly TrialEntry[]): readonly (readonly number[])[] {
  const values = entries.map(({ figures }) => valuesOf(objectives, figures ?? {}));
  return objectives.map((_, k) => values.map((one) => one[k]));
}

function spanMeans(objectives: readonly Objective[], entries: readonly TrialEntry[], at: number): readonly number[] | null {
  const figures = entries.map(({ spans }) => spans[at] ?? {});
  if (!figures.every((one) => objectives.every(({ name }) => Object.hasOwn(one, name)))) return null;
  return objectives.map(({ name }) => meanOf(figures.map((one) => one[name])));
}

/** Limits that the means of figures over the replicates do not keep. */
export function brokenLimits(limits: readonly Limit[], entries: readonly TrialEntry[]): readonly Limit[] {
  return limits.filter(
    (limit) =>
      !keeps(
        limit,
        meanFigure(
          entries.map(({ figures }) => figures ?? {}),
          limit.figure,
        ),
      ),
  );
}

export function errorIn(entries: readonly TrialEntry[]): RefusalEntry | null {
  const error = entries.find(({ figures }) => figures === null)?.error ?? null;
  return error as RefusalEntry | null;
}

function sensitivityOf(
  { sensitivity, space, seed, objectives }: TuningPlan,
  manifest: TuningManifest,
  entryOf: (task: string) => TrialEntry | null,
): readonly SensitivityResult[] | null {
  if (sensitivity === null || manifest.sensitivity.length === 0) return null;
  const random = randomStreams(seed, 0);
  const design = designOf(sensitivity, space.axes, random);
  const { length: count } = manifest.replicates;
  const values = design.points.map((_, at) => {
    const own = manifest.sensitivity.slice(at * count, (at + 1) * count).map(entryOf);
    if (own.length < count || own.some((entry) => entry?.figures == null)) return null;
    const known = own as readonly TrialEntry[];
    return byObjective(objectives, known).map(meanOf);
  });
  return resultOf(
    design,
    objectives.map((_, k) => values.map((one) => one?.[k] ?? null)),
    random,
  );
}
