import { paretoFront } from "../pareto.js";
import type { Tuning } from "../tuning.js";
import { neighboursOf } from "./grid-places.js";

/** Losses of a trial, one an objective; null: it cannot be chosen. */
export type Losses = readonly number[] | null;

/**
 * Which trial to begin with. Where one thing is wanted: the trial whose neighbourhood is best at its worst, so that a plateau is preferred to a
 * peak. Where several are: of the front the trial that is closest to the best of every objective at once, each in units of its range over
 * all trials that can be chosen: over the front alone a range may be nothing but rounding. Ties: the earlier trial.
 * @param losses by place in `tuning.trials`
 */
export function compromise(tuning: Pick<Tuning, "trials" | "objectives" | "parameters">, losses: readonly Losses[]): number | null {
  if (losses.every((own) => own === null)) return null;
  return tuning.objectives.length === 1 ? plateau(tuning, losses) : nearestToBest(losses, paretoFront(losses));
}

function plateau(tuning: Pick<Tuning, "trials" | "parameters">, losses: readonly Losses[]): number | null {
  let best: number | null = null;
  let bestWorst = Number.POSITIVE_INFINITY;
  for (const [trial, own] of losses.entries()) {
    if (own === null) continue;
    // A neighbour that failed or breaks a limit is as bad as can be.
    const worst = Math.max(own[0], ...neighboursOf(tuning, trial).map((one) => losses[one]?.[0] ?? Number.MAX_VALUE));
    if (best !== null && worst >= bestWorst) continue;
    best = trial;
    bestWorst = worst;
  }
  return best;
}

function nearestToBest(losses: readonly Losses[], front: readonly number[]): number {
  const distances = distancesFromBest(losses);
  let best = 0;
  for (let i = 1; i < front.length; i++) if ((distances[front[i]] ?? 0) < (distances[front[best]] ?? 0)) best = i;
  return front[best];
}

/**
 * How far each trial is from having the best of every objective at once: the root of the sum of the squares, each objective in units of its
 * range over all that have losses; null: it has none. Of one objective it is the distance from the best.
 */
export function distancesFromBest(losses: readonly Losses[]): readonly (number | null)[] {
  const known = losses.filter((own) => own !== null);
  if (known.length === 0) return losses.map(() => null);
  const ideal = known[0].map((_, k) => Math.min(...known.map((own) => own[k])));
  const range = known[0].map((_, k) => Math.max(...known.map((own) => own[k])) - ideal[k]);
  const shareOf = (loss: number, k: number) => (range[k] > 0 ? (loss - ideal[k]) / range[k] : 0);
  return losses.map((own) => (own === null ? null : Math.sqrt(own.reduce((sum, loss, k) => sum + shareOf(loss, k) * shareOf(loss, k), 0))));
}
