import { type PairedDifference, pairedDifference } from "../../compare/paired-difference.js";
import { type Spread, spreadOf } from "../../statistics/spread.js";
import { lossOf } from "../objectives/objective.js";
import { paretoFront } from "../pareto.js";
import { type GridImportance, gridImportance } from "../sensitivity/grid-importance.js";
import type { Measured, Trial, Tuning } from "../tuning.js";
import { compromise, type Losses } from "./compromise.js";
import { neighboursOf } from "./grid-places.js";
import { type TrustAnalysis, trustOf } from "./trust-analysis.js";
import { type TuningFinding, tuningFindings } from "./tuning-findings.js";

/** What trials amount to. Trials are named by their places in `Tuning.trials`. */
export interface TuningAnalysis {
  /** Mean and interval of each objective, by trial; null: it failed. */
  readonly spreads: readonly (readonly Spread[] | null)[];
  /** The same of the scenario as it stands; null: it failed, or was not run. */
  readonly base: readonly Spread[] | null;
  /** Its difference from the chosen trial, by objective; null: one of the two is not there, or there is one replicate. */
  readonly baseDifferences: readonly PairedDifference[] | null;
  /** Trials in the neighbourhood of the chosen one. */
  readonly neighbours: readonly number[];
  /** Trials that no other is better than in one objective without being worse in another, in the order of their numbers. */
  readonly front: readonly number[];
  /** The one to begin with; null: none finished and keeps the limits. */
  readonly chosen: number | null;
  /** Difference of each trial from the chosen one, by objective; null: it failed, or was given up. Empty where there is one replicate. */
  readonly differences: readonly (readonly PairedDifference[] | null)[];
  /** What the choice is worth on other data. */
  readonly trust: TrustAnalysis;
  /** By objective: how much of its variance over the grid comes of each parameter; null: the trials are no whole grid. */
  readonly importance: readonly (GridImportance | null)[];
  readonly findings: readonly TuningFinding[];
}

export function analyseTuning(tuning: Tuning): TuningAnalysis {
  const known = ANALYSED.get(tuning.trials) ?? analysed(tuning);
  ANALYSED.set(tuning.trials, known);
  return known;
}

/** Whoever writes a tuning down asks more than once. */
const ANALYSED = new WeakMap<Tuning["trials"], TuningAnalysis>();

function analysed(tuning: Tuning): TuningAnalysis {
  const { trials, objectives } = tuning;
  const spreads = trials.map(({ values }) => values?.map((own) => spreadOf(own)) ?? null);
  const losses = trials.map(
    (trial, at): Losses => (isEligible(trial) ? (spreads[at]?.map(({ mean }, k) => lossOf(objectives[k], mean)) ?? null) : null),
  );
  const measured = trials.map(
    ({ status }, at): Losses => (status === "finished" ? (spreads[at]?.map(({ mean }, k) => lossOf(objectives[k], mean)) ?? null) : null),
  );
  const front = paretoFront(losses);
  const chosen = compromise(tuning, losses, measured);
  const differences = chosen === null || tuning.replicates.length === 1 ? [] : differencesFrom(trials, chosen);
  const trust = trustOf(tuning, losses, measured);
  const combinations = trials.map(({ assignment }) => assignment);
  const importance = objectives.map((_, k) =>
    gridImportance(
      combinations,
      spreads.map((own, at) => (trials[at].status === "finished" ? (own?.[k].mean ?? null) : null)),
    ),
  );
  const base = tuning.base.values?.map((own) => spreadOf(own)) ?? null;
  const baseDifferences = chosen === null || tuning.replicates.length === 1 ? null : differencesOf(tuning.base, trials[chosen]);
  const found = { losses, chosen, differences, trust, base: base?.map(({ mean }, k) => lossOf(objectives[k], mean)) ?? null };
  return {
    spreads,
    base,
    baseDifferences,
    neighbours: chosen === null ? [] : neighboursOf(tuning, chosen),
    front,
    chosen,
    differences,
    trust,
    importance,
    findings: tuningFindings(tuning, found),
  };
}

/** Can it be chosen? */
export function isEligible({ status, breaks }: Trial): boolean {
  return status === "finished" && breaks.length === 0;
}

function differencesFrom(trials: readonly Trial[], chosen: number): readonly (readonly PairedDifference[] | null)[] {
  return trials.map((trial) => (trial.status === "finished" ? differencesOf(trial, trials[chosen]) : null));
}

/** Replicate by replicate. */
function differencesOf({ values }: Measured, from: Measured): readonly PairedDifference[] | null {
  const base = from.values;
  if (values === null || base === null || values[0]?.length !== base[0]?.length) return null;
  return values.map((own, k) => pairedDifference(own.map((value, at) => value - base[k][at])));
}
