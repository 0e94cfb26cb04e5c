import type { WeightsConfiguration } from "../yuma/weights-configuration.js";

/** Base weights as a stream of scores tells them. */
export interface ScoredWeightsConfiguration {
  readonly from: "scores";
  /** The column of the stream that is the weight; null: the score itself. */
  readonly column: string | null;
}

/** Where base weights come from, if not from recorded pay or the work itself. */
export type BaseWeightsConfiguration = WeightsConfiguration | ScoredWeightsConfiguration;
