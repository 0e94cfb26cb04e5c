import { compromise, type Losses } from "../choice/compromise.js";
import { lossOf, type Objective } from "../objectives/objective.js";
import type { Trial, Tuning } from "../tuning.js";
import { type Fold, type Judgement, judge } from "./judgement.js";
import { overfitting } from "./overfitting.js";

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
  /** Slope of performance out of sample on that in sample; null: in sample it is the same in all splits. */
  readonly degradation_slope: number | null;
  /** Is to choose better than to take any trial, at every level of performance (first order) or on balance (second)? */
  readonly dominates: { readonly first_order: boolean; readonly second_order: boolean };
}

/** What a choice is worth on data that it was not chosen by. */
export interface TrustAnalysis {
  readonly judgements: readonly { readonly by: JudgedBy; readonly judgement: Judgement }[];
  /** By objective; null: fewer than four observations or two trials. */
  readonly overfitting: readonly (OverfittingFigures | null)[];
  /** What the observations of `overfitting` are. */
  readonly over: "replicates" | "blocks_of_time" | null;
}

/** @param losses in sample, by trial; null: it cannot be chosen */
export function trustOf(tuning: Tuning, losses: readonly Losses[]): TrustAnalysis {
  const { objectives, trials, time, heldOut } = tuning;
  const choose = (own: readonly Losses[]) => compromise(tuning, own);
  const judgements: { by: JudgedBy; judgement: Judgement }[] = [];
  const isMany = losses.filter((own) => own !== null).length > 1;
  if (isMany && heldOut.length > 0) {
    const observed = trials.map((trial, at) => (losses[at] === null ? null : lossesOf(objectives, trial.heldOut)));
    const means = observed.map((own) => own?.map(meanOf) ?? null);
    const fold: Fold = { train: losses, judge: means, judgeObservations: observed };
    judgements.push({ by: "held_out", judgement: judge([fold], objectives.length, choose) });
  }
  if (isMany && time.kind !== "none") {
    const part = (span: number) => trials.map((trial, at) => (losses[at] === null ? null : spanLosses(objectives, trial, span)));
    const folds = time.folds.map(({ train, judge: judged }): Fold => ({ train: part(train), judge: part(judged) }));
    const known = folds.filter(({ train, judge: judged }) => [train, judged].every((one) => one.some((own) => own !== null)));
    if (known.length > 0) {
      const judgement = judge(known, objectives.length, choose, time.kind === "combinatorial" ? sharedParts(tuning) : null);
      judgements.push({ by: time.kind, judgement });
    }
  }
  const { over, observations } = observed(tuning, losses);
  return { judgements, over, overfitting: objectives.map((_, k) => overfittingFigures(observations.map((own) => own?.[k] ?? null))) };
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
  const { blocks, splits, trials, overfittingProbability, lossProbability, degradation, dominance } = found;
  return {
    blocks,
    splits,
    trials: trials.length,
    overfitting_probability: overfittingProbability,
    loss_probability: lossProbability,
    degradation_slope: degradation?.slope ?? null,
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

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
