import type { ParameterDeclarations, RandomStream, ValuesOf } from "../../../engine/index.js";
import type { Axis, UnitPoint } from "../space.js";

/** What came of a point: losses, smaller is better, one an objective; null: it failed or broke a constraint. */
export type Outcome = readonly number[] | null;

/** Chooses the points to try. */
export interface Sampler {
  /**
   * The next points, in order, at most `count` (a whole number, 1 or more); empty: no more. Depends on the seed and on what was
   * told, on nothing else: asked in pieces of any size, the points are the same.
   */
  ask(count: number): readonly UnitPoint[];
  /**
   * What came of the points of the last `ask`, in their order. A sampler that adapts is to be told before it is asked again; one
   * that does not need never be told.
   */
  tell(outcomes: readonly Outcome[]): void;
}

/** What is searched. */
export interface SearchProblem {
  /** At least one. */
  readonly axes: readonly Axis[];
  /** Named streams of random numbers, of the study's seed. */
  readonly random: (name: string) => RandomStream;
  /**
   * Points that will be asked for, 1 or more. Only of a Latin hypercube do the points depend on it: of all others a study can ask
   * for more later.
   */
  readonly budget: number;
}

/** A parameter of a sampler is out of the range that the sampler declares. */
export const SAMPLER_PARAMETER_CODE = "TEN-SAMPLER-001";

/**
 * How points are chosen (docs/explanation/tuning-statistics.md). A plug point: one file with name, meaning, parameters and
 * method, and a line in the registry (`index.ts`).
 *
 * Where all axes have levels, no combination is asked for twice: `grid` and `random` walk over combinations, the others give the
 * nearest one not yet tried for one that was (`Untried`). When all were tried, there is no more.
 */
export interface SamplerDeclaration<D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a study names it. */
  readonly name: string;
  /** In one sentence. */
  readonly meaning: string;
  readonly parameters: D;
  /** Do the points depend on what was told? */
  readonly adapts: boolean;
  /** How many objectives it can take. */
  readonly objectives: "any" | "one" | "several";
  /**
   * Points that are chosen at once, all to be told before any of the next is chosen: what can run at the same time. Null: all.
   * It never depends on how many do run at the same time.
   */
  batchSize(parameters: ValuesOf<D>, axes: readonly Axis[]): number | null;
  /**
   * The method with its parameters bound, at its first point.
   * @throws TenureError for axes that it cannot search
   */
  bind(parameters: ValuesOf<D>, problem: SearchProblem): Sampler;
}

/** A sampler whose parameters the compiler knows. */
export function declareSampler<const D extends ParameterDeclarations>(sampler: SamplerDeclaration<D>): SamplerDeclaration<D> {
  return sampler;
}

/** How a refusal calls an axis: by its name or its place, from 1. */
export function axisLabel({ name }: Axis, at: number): string | number {
  return name ?? at + 1;
}
