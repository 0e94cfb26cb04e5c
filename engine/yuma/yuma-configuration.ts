/** The published variants, by what they do with bonds (docs/explanation/yuma.md). */
export const YUMA_VERSIONS = ["yuma1", "yuma2", "yuma2b", "yuma2c", "yuma3"] as const;
export type YumaVersion = (typeof YUMA_VERSIONS)[number];

/** With which consensus liquid alpha compares a weight: that of this epoch, of the last one, or the larger of the two. */
export const LIQUID_CONSENSUS = ["current", "previous", "mixed"] as const;
export type LiquidConsensus = (typeof LIQUID_CONSENSUS)[number];

/** Bonds move faster where a validator parts from consensus, or sells. */
export interface LiquidAlphaConfiguration {
  /** Share of a new bond in a pair that agrees, and in one that parts: 0..1, low at most high. */
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** How steep the change between the two is: above 0. */
  readonly sigmoidSteepness: number;
  /** Of yuma3 alone; the other versions compare with `current`. */
  readonly consensus: LiquidConsensus;
}

export interface YumaConfiguration {
  readonly version: YumaVersion;
  /** Part of the stake that has to support a weight: above 0, at most 1. */
  readonly kappa: number;
  /** How far bonds are bought from clipped weights, 0..1: 0 from what was set, 1 from what counted. Without effect in yuma2c and yuma3. */
  readonly bondPenalty: number;
  /** Part of the last bonds that stays, 0..1. Of yuma2, yuma2b and yuma3. */
  readonly bondMovingAverage: number;
  /** Null: off. Not of yuma2c. */
  readonly liquidAlpha: LiquidAlphaConfiguration | null;
  /** Part of a bond that is lost in an epoch, 0..1. Of yuma2c. */
  readonly decayRate: number;
  /** Part of a validator's capacity that it can buy in an epoch, 0..1. Of yuma2c. */
  readonly capacityAlpha: number;
  /** The miners of the highest rank share all incentive. */
  readonly winnerTakesAll: boolean;
}
