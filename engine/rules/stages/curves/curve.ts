import type { ParameterDeclarations, ValuesOf } from "../../parameter.js";

/**
 * Fills in what each rank is worth, up to a common factor.
 * @param value receives one value a rank, best first; finite, 0 or more, the first above 0
 * @param relative weight over the largest weight, by rank, 0..1
 */
export type BoundCurve = (value: Float64Array, relative: Float64Array, ranked: number) => void;

/** A curve of the stage `curve` (docs/explanation/stages.md): name, meaning, parameters and formula in one file. */
export interface Curve<D extends ParameterDeclarations = ParameterDeclarations> {
  readonly name: string;
  readonly meaning: string;
  readonly parameters: D;
  bind(parameters: ValuesOf<D>): BoundCurve;
}

export function declareCurve<const D extends ParameterDeclarations>(curve: Curve<D>): Curve<D> {
  return curve;
}
