import { meanOf } from "../../statistics/mean.js";
import { lossOf, type Objective } from "../objectives/objective.js";
import { type Fold, type Judgement, judge, type PartLosses, type SharedParts } from "../trust/judgement.js";
import { overfitting } from "../trust/overfitting.js";
import { keeps, type Trial, type Tuning } from "../tuning.js";
import { compromise, distancesFromBest, type Losses } from "./compromise.js";

/** What chose the data that a choice is judged by. */
export type JudgedBy = "held_out" | "walk_forward" | "combinatorial";

/** The four figures of combinatorially symmetric cross-validation of one objective (docs/explanation/tuning-statistics.md). */
export interface OverfittingFigures {
  readonly blocks: number;
  readonly splits: number;
  readonly trials: number;
  /** How often the best of one half is no better than the median of all on the other, 0..1. */
  readonly overfitting_probability: number;
  /** How often it is worse than their mean there, 0..1. */
  readonly loss_probability: number;
  /** How many different trials are the best of a half. */
  readonly chosen_trials: number;
  /**
   * Slope of performance out of sample on that in sample; null: in sample it is the same in all splits. Of a single trial it
   * is about -1, since what one half has more the other has less. */
  readonly degradation_slope: number | null;
  readonly degradation_intercept: number | null;
  readonly degradation_r2: number | null;
  /** Is to choose better than to take any trial, at every level of performance (first order) or on balance (second)? */
  readonly dominates: { readonly first_order: boolean; readonly second_order: boolean };
}

/** A choice judged. */
export interface JudgedChoice {
  readonly by: JudgedBy;
  /** By each objective. Of several, a compromise need not be better than any trial in each. */
  readonly judgement: Judgement;
  /** Of several objectives: by the distance from the best of each at once, which is what was chosen by; null: there is one. */
  readonly compromise: Judgement | null;
}

/** What a choice is worth on data that it was not chosen by. */
export interface TrustAnalysis {
  readonly judgements: readonly JudgedChoice[];
  /** By objective; null: fewer than four observations or two trials. */
  readonly overfitting: readonly (OverfittingFigures | null)[];
  /** What the observations of `overfitting` are. */
  readonly over: "replicates" | "blocks_of_time" | null;
}

/**
 * @param losses in sample, by trial; null: it cannot be chosen
 * @param measured of all that finished, also of those that do not keep the limits
 */
export function trustOf(tuning: Tuning, losses: readonly Losses[], measured: readonly Losses[]): TrustAnalysis {
  const { objectives, trials, time, heldOut, plan } = tuning;
  const judgements: JudgedChoice[] = [];
  const isFinished = (at: number) => measured[at] !== null;
  const isMany = losses.filter((own) => own !== null).length > 1;
  if (isMany && heldOut.length > 0) {
    const observations = trials.map((trial, at) => (isFinished(at) ? lossesOf(objectives, trial.heldOut) : null));
    const means = observations.map((own) => own?.map(meanOf) ?? null);
    const fold: Fold = { train: losses, judge: means, judgeObservations: observations };
    judgements.push(judgedChoice("held_out", tuning, [{ ...fold, measured }], null));
  }
  if (isMany && time.kind !== "none") {
    const part = (span: number) => trials.map((trial, at) => (isFinished(at) ? spanLosses(objectives, trial, span) : null));
    // What is learned from decides alone, also which trials keep the limits.
    const choosable = (span: number, own: PartLosses) =>
      own.map((one, at) => (plan.limits.every((limit, i) => keeps(limit, trials[at].spansLimited[span][i])) ? one : null));
    const folds = time.folds.map(({ train, judge: judged, groups }): MeasuredFold => {
      const learned = part(train);
      return {
        train: choosable(train, learned),
        measured: learned,
        judge: part(judged),
        ...(groups.length === 0 ? {} : { judgeObservations: byObservation(groups.map(part)) }),
      };
    });
    const known = folds.filter(({ measured: learned, judge: judged }) => [learned, judged].every((one) => one.some((own) => own !== null)));
    if (known.length > 0)
      judgements.push(judgedChoice(time.kind, tuning, known, time.kind === "combinatorial" ? sharedParts(tuning) : null));
  }
  const { over, observations } = observed(tuning, measured);
  return { judgements, over, overfitting: objectives.map((_, k) => overfittingFigures(observations.map((own) => own?.[k] ?? null))) };
}

/** With losses of all that finished where it is learned, also of those that do not keep the limits there. */
interface MeasuredFold extends Fold {
  readonly measured: PartLosses;
}

function judgedChoice(by: JudgedBy, tuning: Tuning, folds: readonly MeasuredFold[], shared: SharedParts | null): JudgedChoice {
  const measuredIn = new Map(folds.map(({ train, measured }) => [train, measured]));
  const choose = (own: PartLosses) => compromise(tuning, own, measuredIn.get(own));
  const count = tuning.objectives.length;
  const judgement = judge(folds, count, choose, shared);
  if (count === 1) return { by, judgement, compromise: null };
  // The choice is made by all objectives, and judged by the distance that it is made by.
  const sources = new Map<PartLosses, PartLosses>();
  const distances = (losses: PartLosses): PartLosses => {
    const made = distancesFromBest(losses).map((one) => (one === null ? null : [one]));
    sources.set(made, losses);
    return made;
  };
  const byDistance = folds.map(({ train, judge: judged, judgeObservations }): Fold => {
    const observations = judgeObservations === undefined ? undefined : distancesByObservation(judgeObservations);
    // Of a single fold its observations are judged, and their mean is told.
    const isByObservation = folds.length === 1 && observations !== undefined;
    return {
      train: distances(train),
      judge: isByObservation ? observations.map((own) => own?.map(meanOf) ?? null) : distances(judged),
      ...(observations === undefined ? {} : { judgeObservations: observations }),
    };
  });
  return { by, judgement, compromise: judge(byDistance, 1, (own) => choose(sources.get(own) ?? []), shared) };
}

/** Losses of several parts by trial, objective and part; null: there are none in some part. */
function byObservation(parts: readonly PartLosses[]): NonNullable<Fold["judgeObservations"]> {
  return parts[0].map((_, trial) => {
    const own = parts.map((part) => part[trial]);
    if (!own.every((one) => one !== null)) return null;
    return own[0].map((__, k) => own.map((one) => one[k]));
  });
}

/** The same within each observation. */
function distancesByObservation(observations: NonNullable<Fold["judgeObservations"]>): NonNullable<Fold["judgeObservations"]> {
  const count = observations.find((own) => own !== null)?.[0]?.length ?? 0;
  const within = Array.from({ length: count }, (_, at) =>
    distancesFromBest(observations.map((own) => own?.map((values) => values[at]) ?? null)),
  );
  return observations.map((own, trial) => (own === null ? null : [within.map((distances) => distances[trial] ?? 0)]));
}

/** By trial, objective and observation: replicates, where there are enough, else blocks of the time. */
function observed(
  { trials, objectives, replicates, time }: Tuning,
  losses: readonly Losses[],
): { readonly over: TrustAnalysis["over"]; readonly observations: readonly (readonly (readonly number[])[] | null)[] } {
  if (replicates.length >= 4)
    return {
      over: "replicates",
      observations: trials.map(({ values }, at) => (losses[at] === null ? null : lossesOf(objectives, values))),
    };
  // A block in which nothing was paid says nothing of any trial.
  const blocks = time.blocks.filter((block) => trials.every((trial, at) => losses[at] === null || trial.spans[block] !== null));
  if (blocks.length < 4) return { over: null, observations: trials.map(() => null) };
  const observations = trials.map((trial, at) =>
    losses[at] === null ? null : objectives.map((objective, k) => blocks.map((block) => lossOf(objective, trial.spans[block]?.[k] ?? 0))),
  );
  return { over: "blocks_of_time", observations };
}

function overfittingFigures(losses: readonly (readonly number[] | null)[]): OverfittingFigures | null {
  const found = overfitting(losses, "mean_of_trials");
  if (found === null) return null;
  const { blocks, splits, trials, chosen, overfittingProbability, lossProbability, degradation, dominance } = found;
  return {
    blocks,
    splits,
    trials: trials.length,
    overfitting_probability: overfittingProbability,
    loss_probability: lossProbability,
    chosen_trials: new Set(chosen).size,
    degradation_slope: degradation?.slope ?? null,
    degradation_intercept: degradation?.intercept ?? null,
    degradation_r2: degradation?.r2 ?? null,
    dominates: { first_order: dominance.firstOrder, second_order: dominance.secondOrder },
  };
}

function sharedParts({ plan: { validation } }: Tuning): { readonly groups: number; readonly judged: number } | null {
  return validation?.kind === "combinatorial" ? { groups: validation.groups, judged: validation.judged } : null;
}

function lossesOf(objectives: readonly Objective[], values: Trial["values"]): readonly (readonly number[])[] | null {
  return values?.map((own, k) => own.map((value) => lossOf(objectives[k], value))) ?? null;
}

function spanLosses(objectives: readonly Objective[], { spans }: Trial, span: number): readonly number[] | null {
  return spans[span]?.map((value, k) => lossOf(objectives[k], value)) ?? null;
}
