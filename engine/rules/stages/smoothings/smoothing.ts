import type { ParameterDeclarations, ValuesOf } from "../../parameter.js";
import type { Trace } from "../../trace.js";

/** Means over time, of shares by place. */
export interface BoundSmoothing {
  /** The mean by place, after the epoch that was taken last; lent. */
  readonly mean: Float64Array;
  /** Makes room; who is new had 0 so far. */
  reserve(places: number): void;
  /** Takes the shares of an epoch, by place. */
  take(share: Float64Array): void;
  /**
   * Tells how the mean of a place came about, after `take`.
   * @param share of the place in the epoch that was taken last
   * @param before its mean before that
   */
  explain(place: number, share: number, before: number, trace: Trace): void;
  /** From here on the past of a place is 0. */
  clear(place: number): void;
}

/** A mean of the stage `smooth` (docs/explanation/stages.md). One file, and its line in the registry (`index.ts`). */
export interface Smoothing<D extends ParameterDeclarations = ParameterDeclarations> {
  readonly name: string;
  readonly meaning: string;
  readonly parameters: D;
  bind(parameters: ValuesOf<D>): BoundSmoothing;
}

export function declareSmoothing<const D extends ParameterDeclarations>(smoothing: Smoothing<D>): Smoothing<D> {
  return smoothing;
}
