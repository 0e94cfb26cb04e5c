import { type PairedDifference, pairedDifference } from "../compare/paired-difference.js";
import { type Spread, spreadOf } from "../statistics/spread.js";
import { lossOf } from "./objectives/objective.js";
import { paretoFront } from "./pareto.js";
import type { Trial, Tuning } from "./tune.js";

/** Something that the data decide, or do not. */
export type TuningFinding =
  /** An objective that is the same in all trials. */
  | { readonly kind: "flat_objective"; readonly objective: string }
  /** A parameter of which no value makes any objective another, whatever the others are. */
  | { readonly kind: "parameter_without_effect"; readonly path: string }
  /** What every run says that its data cannot decide of its rule. */
  | { readonly kind: "undecided"; readonly what: string }
  /** The scenario draws random numbers, and one draw was looked at. */
  | { readonly kind: "one_draw" }
  /** Nothing is drawn: the figures are exact for these data, and say nothing about others. */
  | { readonly kind: "these_data_alone" }
  /** Trials whose difference from the chosen one may be luck in every objective. */
  | { readonly kind: "not_told_apart"; readonly trials: readonly number[]; readonly of: number; readonly replicates: number }
  /** The chosen value is the first or last of those that were tried. */
  | { readonly kind: "at_the_edge"; readonly path: string; readonly value: string };

/** What trials amount to. */
export interface TuningAnalysis {
  /** Mean and interval of each objective, by trial; null: it failed. */
  readonly spreads: readonly (readonly Spread[] | null)[];
  /** Trials that no other is better than in one objective without being worse in another, in the order of their numbers. */
  readonly front: readonly number[];
  /** The one to begin with; null: none finished. */
  readonly chosen: number | null;
  /** Difference of each trial from the chosen one, by objective; null: it failed. Empty where there is one replicate. */
  readonly differences: readonly (readonly PairedDifference[] | null)[];
  readonly findings: readonly TuningFinding[];
}

export function analyseTuning(tuning: Tuning): TuningAnalysis {
  const { trials, objectives } = tuning;
  const spreads = trials.map(({ values }) => values?.map((own) => spreadOf(own)) ?? null);
  const losses = spreads.map((own) => own?.map(({ mean }, at) => lossOf(objectives[at], mean)) ?? null);
  const front = paretoFront(losses);
  const chosen = compromise(tuning, losses, front);
  const differences = chosen === null || tuning.replicates.length === 1 ? [] : differencesFrom(trials, chosen);
  return { spreads, front, chosen, differences, findings: findingsOf(tuning, losses, chosen, differences) };
}

/**
 * Where one thing is wanted: the trial whose neighbourhood is best at its worst, so that a plateau is preferred to a peak. Where several are:
 * of the front the trial that is closest to the best of every objective at once, each in units of its range over the front. Ties: the
 * lower number.
 */
function compromise(tuning: Tuning, losses: readonly (readonly number[] | null)[], front: readonly number[]): number | null {
  if (front.length === 0) return null;
  return tuning.objectives.length === 1 ? plateau(tuning, losses) : nearestToBest(losses, front);
}

function plateau(tuning: Tuning, losses: readonly (readonly number[] | null)[]): number | null {
  let best: number | null = null;
  let bestWorst = Number.POSITIVE_INFINITY;
  for (const [trial, own] of losses.entries()) {
    if (own === null) continue;
    // A neighbour that failed is as bad as can be.
    const worst = Math.max(own[0], ...neighboursOf(tuning, trial).map((one) => losses[one]?.[0] ?? Number.MAX_VALUE));
    if (best !== null && worst >= bestWorst) continue;
    best = trial;
    bestWorst = worst;
  }
  return best;
}

function nearestToBest(losses: readonly (readonly number[] | null)[], front: readonly number[]): number {
  const own = front.map((trial) => losses[trial] ?? []);
  const ideal = own[0].map((_, k) => Math.min(...own.map((one) => one[k])));
  const range = own[0].map((_, k) => Math.max(...own.map((one) => one[k])) - ideal[k]);
  const shareOf = (loss: number, k: number) => (range[k] > 0 ? (loss - ideal[k]) / range[k] : 0);
  const squared = own.map((one) => one.reduce((sum, loss, k) => sum + shareOf(loss, k) * shareOf(loss, k), 0));
  let best = 0;
  for (let i = 1; i < front.length; i++) if (squared[i] < squared[best]) best = i;
  return front[best];
}

/** Trials that differ from one in a single parameter, by one step. */
function neighboursOf({ parameters }: Tuning, trial: number): readonly number[] {
  let stride = 1;
  const found: number[] = [];
  for (const { values } of [...parameters].reverse()) {
    const at = Math.floor(trial / stride) % values.length;
    // Words have no order, so nothing is one step away.
    if (values.every((value) => typeof value === "number")) {
      if (at > 0) found.push(trial - stride);
      if (at < values.length - 1) found.push(trial + stride);
    }
    stride *= values.length;
  }
  return found;
}

function differencesFrom(trials: readonly Trial[], chosen: number): readonly (readonly PairedDifference[] | null)[] {
  const base = trials[chosen].values ?? [];
  return trials.map(({ values }) => values?.map((own, k) => pairedDifference(own.map((value, at) => value - base[k][at]))) ?? null);
}

function findingsOf(
  tuning: Tuning,
  losses: readonly (readonly number[] | null)[],
  chosen: number | null,
  differences: TuningAnalysis["differences"],
): readonly TuningFinding[] {
  const { objectives, parameters, random, replicates, trials, undecided } = tuning;
  const found: TuningFinding[] = [];
  const finished = losses.filter((one) => one !== null);
  for (const [k, { name }] of objectives.entries())
    if (finished.length > 1 && finished.every((one) => one[k] === finished[0][k])) found.push({ kind: "flat_objective", objective: name });
  for (const [p, { path, values }] of parameters.entries())
    if (values.length > 1 && hasNoEffect(tuning, losses, p)) found.push({ kind: "parameter_without_effect", path });
  for (const what of undecided) found.push({ kind: "undecided", what });
  if (random.length === 0) found.push({ kind: "these_data_alone" });
  else if (replicates.length === 1) found.push({ kind: "one_draw" });
  if (chosen === null) return found;
  const alike = differences.flatMap((own, trial) =>
    trial !== chosen && own?.every(({ verdict: { kind } }) => kind === "not_told_apart" || kind === "same") ? [trial] : [],
  );
  if (alike.length > 0) found.push({ kind: "not_told_apart", trials: alike, of: finished.length - 1, replicates: replicates.length });
  for (const [p, { path, values }] of parameters.entries()) {
    const value = trials[chosen].assignment[p];
    const isEnd = value === values[0] || value === values.at(-1);
    if (isEnd && values.length > 2 && values.every((one) => typeof one === "number") && !hasNoEffect(tuning, losses, p))
      found.push({ kind: "at_the_edge", path, value: String(value) });
  }
  return found;
}

/** Do trials that differ in this parameter alone have equal objectives? */
function hasNoEffect({ parameters, trials }: Tuning, losses: readonly (readonly number[] | null)[], parameter: number): boolean {
  const stride = parameters.slice(parameter + 1).reduce((product, { values }) => product * values.length, 1);
  const count = parameters[parameter].values.length;
  return trials.every(({ number }) => {
    const at = Math.floor(number / stride) % count;
    const own = losses[number];
    const first = losses[number - at * stride];
    return own === null || first === null || own.every((loss, k) => loss === first[k]);
  });
}
