/** An epoch of Yuma, every number of it as a share of 0 to 1 or as it was handed in; pairs at `miner * validators + validator`. */
export interface YumaTrace {
  /** Hotkeys, or names of who has none. */
  readonly validators: readonly string[];
  readonly miners: readonly string[];
  /** Whole rao of each validator, and its share of them. */
  readonly stakesRao: Float64Array;
  readonly stake: Float64Array;
  /** Weights as each validator's row has them, and what of them counts. */
  readonly weights: Float64Array;
  readonly clipped: Float64Array;
  readonly bonds: Float64Array;
  /** By miner. */
  readonly prerank: Float64Array;
  /** The most that a part kappa of the stake gives it, before it is divided by the sum of all; on the chain the consensus itself. */
  readonly supported: Float64Array;
  readonly consensus: Float64Array;
  readonly rank: Float64Array;
  readonly incentive: Float64Array;
  /** By validator. */
  readonly validatorTrust: Float64Array;
  readonly dividends: Float64Array;
}
