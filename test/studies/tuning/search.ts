import { defaultsOf, randomStreams } from "../../../engine/index.js";
import { bindSampler, type Outcome, type Sampler, type SamplerName, samplerNamed } from "../../../studies/tuning/samplers/index.js";
import type { Axis, UnitPoint } from "../../../studies/tuning/space.js";

/** A search that a test makes. */
export interface Search {
  readonly name: SamplerName;
  readonly axes: readonly Axis[];
  readonly seed?: number;
  readonly budget: number;
  /** Parameters other than the defaults. */
  readonly parameters?: object;
}

export const RANGE: Axis = { levels: null, isOrdered: true };
export const ranges = (n: number): readonly Axis[] => Array.from({ length: n }, () => RANGE);
export const list = (levels: number): Axis => ({ levels, isOrdered: true });
export const choice = (levels: number): Axis => ({ levels, isOrdered: false });

export function bound({ name, axes, seed = 1, budget, parameters = {} }: Search): Sampler {
  const values = { ...defaultsOf(samplerNamed(name).parameters), ...parameters };
  return bindSampler(name, values, { axes, random: randomStreams(seed, 1), budget });
}

export interface Searched {
  readonly points: readonly UnitPoint[];
  readonly outcomes: readonly Outcome[];
}

/**
 * All points that a sampler gives within the budget, and what came of them.
 * @param piece points that are asked for at once, by the number of those already there
 */
export function searched(
  search: Search,
  outcome: (point: UnitPoint) => Outcome,
  piece: (done: number) => number = () => search.budget,
): Searched {
  const sampler = bound(search);
  const [points, outcomes]: [UnitPoint[], Outcome[]] = [[], []];
  while (points.length < search.budget) {
    const asked = sampler.ask(Math.min(piece(points.length), search.budget - points.length));
    if (asked.length === 0) break;
    const told = asked.map(outcome);
    sampler.tell(told);
    points.push(...asked);
    outcomes.push(...told);
  }
  return { points, outcomes };
}

/** The least loss of a search with one objective. */
export function leastLoss({ outcomes }: Searched): number {
  return Math.min(...outcomes.map((outcome) => outcome?.[0] ?? Number.POSITIVE_INFINITY));
}
