import { paretoFront } from "../pareto.js";
import type { Tuning } from "../tuning.js";
import { neighboursOf } from "./grid-places.js";

/** Losses of a trial, one an objective; null: it cannot be chosen. */
export type Losses = readonly number[] | null;

/**
 * Which trial to begin with. Where one thing is wanted: the trial whose neighbourhood is best at its worst, so that a plateau is preferred to a
 * peak; of equals the one that is best itself. A neighbour counts by its own loss, whether it may be chosen or not; one that failed is as bad as can
 * be. Where several are wanted: of the front the trial that is closest to the best of every objective at once, each in units of its range over
 * all trials that can be chosen: over the front alone a range may be nothing but rounding. Ties: the earlier trial.
 * @param losses by place in `tuning.trials`; null: it cannot be chosen
 * @param measured of all that finished, also of those that cannot be chosen
 */
export function compromise(
  tuning: Pick<Tuning, "trials" | "objectives" | "parameters">,
  losses: readonly Losses[],
  measured: readonly Losses[] = losses,
): number | null {
  if (losses.every((own) => own === null)) return null;
  return tuning.objectives.length === 1 ? plateau(tuning, losses, measured) : nearestToBest(losses, paretoFront(losses));
}

function plateau(tuning: Pick<Tuning, "trials" | "parameters">, losses: readonly Losses[], measured: readonly Losses[]): number | null {
  let best: { readonly trial: number; readonly worst: number; readonly own: number } | null = null;
  for (const [trial, losing] of losses.entries()) {
    if (losing === null) continue;
    const [own] = losing;
    const worst = Math.max(own, ...neighboursOf(tuning, trial).map((one) => measured[one]?.[0] ?? Number.MAX_VALUE));
    if (best === null || worst < best.worst || (worst === best.worst && own < best.own)) best = { trial, worst, own };
  }
  return best?.trial ?? null;
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
