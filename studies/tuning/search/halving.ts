import { fronts } from "../pareto.js";
import type { Pruning } from "../plan/tuning-plan.js";

/** How many replicates each trial has been given after each round of successive halving: `after`, then twice as many, to all. */
export function roundsOf({ after }: Pruning, replicates: number): readonly number[] {
  const rounds: number[] = [];
  for (let count = Math.min(after, replicates); count < replicates; count *= 2) rounds.push(count);
  return [...rounds, replicates];
}

/**
 * Who goes on after a round (K. Jamieson & A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016):
 * the best of those that finished by their losses so far; of several objectives those that fewer are better than in all come first. Ties: the
 * earlier trial.
 * @param losses of those that were in the round, null: failed
 * @returns their places, ascending; one at least, where one finished
 */
export function survivors(losses: readonly (readonly number[] | null)[], { keep }: Pruning): readonly number[] {
  const finished = losses.flatMap((own, at) => (own === null ? [] : [at]));
  const own = finished.map((at) => losses[at] as readonly number[]);
  const order = fronts(own).flatMap((front) => [...front].sort((a, b) => own[a][0] - own[b][0] || a - b));
  return order
    .slice(0, Math.max(1, Math.ceil(finished.length * keep)))
    .map((place) => finished[place])
    .sort((a, b) => a - b);
}
