import type { Verdict } from "../../studies/index.js";

/** Mean over the pairs and its 95 % interval; null: one pair has none. */
export interface MeanReport {
  readonly mean: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly standard_deviation: number | null;
  readonly min: number;
  readonly max: number;
}

/** A difference b - a within pairs, and whether it is more than luck. */
export interface DifferenceReport extends MeanReport {
  readonly pairs: number;
  /** `exact`: nothing draws random numbers, so that every pair is the same. */
  readonly verdict: Verdict["kind"] | "exact";
  /** Told apart: from so many pairs on. Not: about so many would be needed; null: no number would do. */
  readonly pairs_needed: number | null;
}

export interface FigureDifferenceReport {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly a: MeanReport;
  readonly b: MeanReport;
  readonly difference: DifferenceReport;
}
