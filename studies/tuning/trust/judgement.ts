import { InvariantError } from "../../../engine/index.js";
import { compensatedSum } from "../../statistics/compensated-sum.js";
import { meanOf } from "../../statistics/mean.js";
import { spreadOf } from "../../statistics/spread.js";
import { studentTQuantile } from "../../statistics/student-t.js";
import { rankSumProbability } from "./rank-sum.js";

/** Losses of each trial in one part of what was seen, by objective (mean over its observations, smaller is better); null: it failed there. */
export type PartLosses = readonly (readonly number[] | null)[];

/** A part to choose by, and another to judge the choice by. Both have all trials, in the same order. */
export interface Fold {
  readonly train: PartLosses;
  readonly judge: PartLosses;
  /** Losses in the judging part by trial, objective and observation, where it has several that are independent, as replicates; null: it failed. */
  readonly judgeObservations?: readonly (readonly (readonly number[])[] | null)[];
}

/** Folds of which one's judging part is another's training part: what combinatorial splits make. */
export interface SharedParts {
  /** Parts of the time. */
  readonly groups: number;
  /** How many of them each fold judges; the others it learns from. */
  readonly judged: number;
}

/** A choice in one fold, by one objective; all are losses. */
export interface FoldFigures {
  /** Of the chosen trial where it was chosen. */
  readonly inSample: number;
  /** Of a trial drawn at random there: the mean of all that finished. */
  readonly meanInSample: number;
  /** Of the chosen trial where it is judged; null: it failed there. */
  readonly outOfSample: number | null;
  /** Of a trial drawn at random there; null: all failed. */
  readonly meanOutOfSample: number | null;
  /** How much better than that the chosen one is; null where it failed. */
  readonly improvement: number | null;
  /** Its rank where it is judged among those that finished, 1 is the best, of equals the mean of theirs; null: it failed. */
  readonly rank: number | null;
}

export interface JudgedFold {
  /** The number of the chosen trial; null: nothing could be chosen. */
  readonly chosen: number | null;
  /** How many trials finished where it is judged. */
  readonly of: number;
  /** By objective; null: nothing was chosen. */
  readonly objectives: readonly FoldFigures[] | null;
}

/** Is what is chosen better, out of sample, than a trial drawn at random? */
export type JudgementVerdict = "better" | "cannot_tell" | "worse" | "flat";

/** The choice judged by one objective, over all observations. */
export interface ObjectiveJudgement {
  /** Means over the folds in which something was chosen and finished; null: there is none. */
  readonly inSample: number | null;
  readonly meanInSample: number | null;
  readonly outOfSample: number | null;
  readonly meanOutOfSample: number | null;
  /** Of each observation (fold, or replicate of the only fold), how much better than a trial drawn at random the chosen one is. */
  readonly improvements: readonly number[];
  /** Their mean; null: there are none. */
  readonly improvement: number | null;
  /** Holds the true mean with `Judgement.confidence`, for all objectives at once; null for fewer than two observations. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** How likely a choice that knows nothing has ranks as good (`better`) or as bad (`worse`), at most; null where there are no observations. */
  readonly luck: { readonly better: number; readonly worse: number } | null;
  readonly verdict: JudgementVerdict;
  /** Are there fewer observations than any verdict needs? */
  readonly isTooFew: boolean;
  /** Would the ranks of a choice that is the best wherever it is judged be no luck? Else no choice can be told to be better. */
  readonly canBeTold: boolean;
}

export interface Judgement {
  /** Trials that there were to choose from. */
  readonly trials: number;
  readonly folds: readonly JudgedFold[];
  /** What is counted as one observation. */
  readonly per: "fold" | "observation";
  /** Folds in which nothing was chosen, or the chosen trial failed where it is judged: no verdict but `cannot_tell` is given then. */
  readonly failed: number;
  readonly confidence: number;
  readonly objectives: readonly ObjectiveJudgement[];
}

/** Of the intervals of all objectives together. */
export const JUDGEMENT_CONFIDENCE = 0.99;
/** How likely ranks as good may be by luck, over all objectives together, for a verdict. */
const MOST_LUCK = 0.001;
/** Fewer observations than this say nothing, whatever they are. */
const FEWEST_OBSERVATIONS = 3;

/**
 * Judges a way of choosing: in each fold a trial is chosen by one part and compared, on the other, with a trial drawn at random (the mean of all).
 * A verdict other than `cannot_tell` needs three observations or more, an interval of the mean improvement on one side of 0 (Student's t), and
 * ranks that are no luck (`rank-sum.ts`), which holds whatever the distribution of losses is.
 * Folds of walking forward are independent enough: what was chosen before is judged by what came later, so that without any
 * effect each improvement is 0 on average whatever the earlier ones were. Those of combinatorial splits are not: `shared` widens the
 * interval (C. Nadeau & Y. Bengio, "Inference for the generalization error", Machine Learning 52, 2003), takes as many degrees of freedom as
 * there are groups, less one, and counts ranks within each fold alone: twice the mean of probabilities is one, however they depend on
 * each other (V. Vovk & R. Wang, "Combining p-values via averaging", Biometrika 107, 2020).
 * @param folds at least one; with a single one its observations are taken
 * @param choose the number of a trial that has losses, or null; it is told the training losses alone
 * @param shared for combinatorial splits; their `judgeObservations` are then the groups that a fold judges
 */
export function judge(
  folds: readonly Fold[],
  objectives: number,
  choose: (losses: PartLosses) => number | null,
  shared: SharedParts | null = null,
): Judgement {
  const trials = folds[0]?.train.length ?? 0;
  if (folds.length === 0 || objectives < 1 || !folds.every((fold) => isWellFormed(fold, trials, objectives))) {
    throw new InvariantError(`a judgement of ${folds.length} folds, ${trials} trials and ${objectives} objectives`);
  }
  const chosen = folds.map(({ train }) => checked(choose(train), train));
  const judged = folds.map((fold, at) => judgedFold(fold, chosen[at], objectives));
  const failed = judged.filter((fold) => fold.objectives === null || fold.objectives[0].outOfSample === null).length;
  const [first] = folds;
  const parts = folds.length === 1 && first.judgeObservations !== undefined ? observationsOf(first.judgeObservations) : null;
  const choices =
    parts?.map((part) => ({ part, chosen: chosen[0] })) ?? folds.map((fold, at) => ({ part: fold.judge, chosen: chosen[at] }));
  const byFold = folds.map((fold, at) =>
    (fold.judgeObservations === undefined ? [fold.judge] : observationsOf(fold.judgeObservations)).map((part) => ({
      part,
      chosen: chosen[at],
    })),
  );
  return {
    trials,
    folds: judged,
    per: parts === null ? "fold" : "observation",
    failed,
    confidence: JUDGEMENT_CONFIDENCE,
    objectives: Array.from({ length: objectives }, (_, k) => judgedObjective(judged, choices, k, { objectives, failed, shared, byFold })),
  };
}

interface Choice {
  readonly part: PartLosses;
  readonly chosen: number | null;
}

function judgedFold({ train, judge: part }: Fold, chosen: number | null, objectives: number): JudgedFold {
  const of = part.filter((own) => own !== null).length;
  if (chosen === null) return { chosen, of, objectives: null };
  const figures = Array.from({ length: objectives }, (_, k): FoldFigures => {
    const inSample = train[chosen]?.[k] ?? Number.NaN;
    const meanInSample = meanOf(lossesOf(train, k));
    const meanOutOfSample = meanOrNone(lossesOf(part, k));
    const outOfSample = part[chosen]?.[k] ?? null;
    if (outOfSample === null || meanOutOfSample === null)
      return { inSample, meanInSample, outOfSample, meanOutOfSample, improvement: null, rank: null };
    const { better, equal } = placeOf(outOfSample, lossesOf(part, k));
    return {
      inSample,
      meanInSample,
      outOfSample,
      meanOutOfSample,
      improvement: meanOutOfSample - outOfSample,
      rank: better + (equal + 1) / 2,
    };
  });
  return { chosen, of, objectives: figures };
}

interface Setting {
  readonly objectives: number;
  readonly failed: number;
  readonly shared: SharedParts | null;
  /** Of each fold, its observations. */
  readonly byFold: readonly (readonly Choice[])[];
}

function judgedObjective(judged: readonly JudgedFold[], choices: readonly Choice[], k: number, setting: Setting): ObjectiveJudgement {
  const { objectives, failed, shared, byFold } = setting;
  const figures = judged.flatMap((fold) => fold.objectives?.[k] ?? []).filter(({ outOfSample }) => outOfSample !== null);
  const meanFigure = (name: "inSample" | "meanInSample" | "outOfSample" | "meanOutOfSample") =>
    meanOrNone(figures.flatMap((own) => own[name] ?? []));
  const whole = wholeOf(choices, k);
  const isFlat = choices.every(({ part }) => lossesOf(part, k).every((loss, _, all) => loss === all[0]));
  // Equal losses have no improvement at all, whatever their mean is rounded to.
  const improvements = whole.map(({ own, all }) => (all.every((loss) => loss === own) ? 0 : (meanOrNone(all) ?? own) - own));
  const interval = intervalOf(improvements, (1 - JUDGEMENT_CONFIDENCE) / objectives, shared);
  const luck = shared === null ? luckOf(whole) : averagedLuck(byFold.map((fold) => luckOf(wholeOf(fold, k))));
  const least = shared === null ? leastLuckOf(whole) : averagedLuck(byFold.map((fold) => leastLuckOf(wholeOf(fold, k))));
  const isTooFew = Math.min(improvements.length, shared?.groups ?? improvements.length) < FEWEST_OBSERVATIONS;
  const isJudged = !isTooFew && failed === 0 && interval !== null;
  const isNoLuck = (of: typeof luck, side: "better" | "worse") => of !== null && of[side] <= MOST_LUCK / (2 * objectives);
  let verdict: JudgementVerdict = "cannot_tell";
  if (isFlat && whole.length > 0) verdict = "flat";
  else if (isJudged && interval.low > 0 && isNoLuck(luck, "better")) verdict = "better";
  else if (isJudged && interval.high < 0 && isNoLuck(luck, "worse")) verdict = "worse";
  return {
    inSample: meanFigure("inSample"),
    meanInSample: meanFigure("meanInSample"),
    outOfSample: meanFigure("outOfSample"),
    meanOutOfSample: meanFigure("meanOutOfSample"),
    improvements,
    improvement: improvements.length === 0 ? null : spreadOf(improvements).mean,
    interval,
    luck,
    verdict,
    isTooFew,
    canBeTold: isNoLuck(least, "better"),
  };
}

/** Student's t. Shared parts widen the variance of the mean from 1 / n by judged over learned, and leave the freedom of the groups. */
function intervalOf(values: readonly number[], error: number, shared: SharedParts | null): ObjectiveJudgement["interval"] {
  if (values.length < 2) return null;
  const { n, mean, standardDeviation } = spreadOf(values);
  const overlap = shared === null ? 0 : shared.judged / (shared.groups - shared.judged);
  const freedom = shared === null ? n - 1 : Math.min(n, shared.groups) - 1;
  const half = studentTQuantile(1 - error / 2, freedom) * (standardDeviation ?? 0) * Math.sqrt(1 / n + overlap);
  return { low: mean - half, high: mean + half };
}

/** A choice's loss where it is judged, and those of all trials. */
interface Whole {
  readonly own: number;
  readonly all: readonly number[];
}

function wholeOf(choices: readonly Choice[], k: number): readonly Whole[] {
  return choices.flatMap(({ part, chosen }) => {
    const own = chosen === null ? undefined : part[chosen]?.[k];
    return own === undefined ? [] : [{ own, all: lossesOf(part, k) }];
  });
}

/** Ranks among as many as finished in the part with the fewest, so that all are of the same number. */
function luckOf(whole: readonly Whole[]): ObjectiveJudgement["luck"] {
  if (whole.length === 0) return null;
  const of = Math.min(...whole.map(({ all }) => all.length));
  const ranks = (side: "better" | "worse") =>
    whole.map(({ own, all }) => {
      const place = placeOf(own, all);
      // Of equals the last place: nothing is won by being equal.
      return Math.ceil(((place[side] + place.equal) * of) / all.length);
    });
  return { better: rankSumProbability(ranks("better"), of), worse: rankSumProbability(ranks("worse"), of) };
}

/** How likely the best of all ranks is by luck. */
function leastLuckOf(whole: readonly Whole[]): ObjectiveJudgement["luck"] {
  if (whole.length === 0) return null;
  const of = Math.min(...whole.map(({ all }) => all.length));
  const least = rankSumProbability(
    whole.map(() => 1),
    of,
  );
  return { better: least, worse: least };
}

/** Of folds that depend on each other in any way. */
function averagedLuck(folds: readonly ObjectiveJudgement["luck"][]): ObjectiveJudgement["luck"] {
  const counted = folds.filter((luck) => luck !== null);
  if (counted.length === 0) return null;
  const averaged = (side: "better" | "worse") => Math.min(1, (2 * compensatedSum(counted.map((luck) => luck[side]))) / counted.length);
  return { better: averaged("better"), worse: averaged("worse") };
}

/** How many are better, equal (itself, too), and worse. */
function placeOf(own: number, all: readonly number[]): { readonly better: number; readonly equal: number; readonly worse: number } {
  let [better, equal] = [0, 0];
  for (const loss of all) {
    if (loss < own) better += 1;
    else if (loss === own) equal += 1;
  }
  return { better, equal, worse: all.length - better - equal };
}

function lossesOf(part: PartLosses, objective: number): readonly number[] {
  return part.flatMap((own) => (own === null ? [] : [own[objective]]));
}

function meanOrNone(values: readonly number[]): number | null {
  return values.length === 0 ? null : meanOf(values);
}

/** The losses of each observation. */
function observationsOf(observations: NonNullable<Fold["judgeObservations"]>): readonly PartLosses[] {
  const count = observations.find((own) => own !== null)?.[0]?.length ?? 0;
  return Array.from({ length: count }, (_, at) => observations.map((own) => own?.map((values) => values[at]) ?? null));
}

function checked(chosen: number | null, train: PartLosses): number | null {
  if (chosen !== null && train[chosen] == null) throw new InvariantError(`trial ${chosen} was chosen, which has no losses`);
  return chosen;
}

function isWellFormed({ train, judge: part, judgeObservations = [] }: Fold, trials: number, objectives: number): boolean {
  const isPart = (losses: PartLosses) =>
    losses.length === trials && losses.every((own) => own === null || (own.length === objectives && own.every(Number.isFinite)));
  const count = judgeObservations.find((own) => own !== null)?.[0]?.length ?? 0;
  return (
    isPart(train) &&
    isPart(part) &&
    [0, trials].includes(judgeObservations.length) &&
    judgeObservations.every(
      (own) =>
        own === null || (own.length === objectives && own.every((values) => values.length === count && values.every(Number.isFinite))),
    )
  );
}
