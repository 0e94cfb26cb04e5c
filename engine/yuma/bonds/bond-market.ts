import type { LiquidAlpha } from "../liquid-alpha.js";
import type { YumaConfiguration } from "../yuma-configuration.js";

/** What bonds are bought with in an epoch. All by pair, at `miner * validators + validator`, but what is said to be by validator or miner. */
export interface BondTrade {
  readonly validators: number;
  readonly miners: number;
  readonly configuration: YumaConfiguration;
  /** By validator, of the sum 1; all 0 where nobody has any. */
  readonly stake: Float64Array;
  /** What validators set, each row of the sum 1; of yuma2b what counted, that of the epoch before. */
  weights: Float64Array;
  /** The same, at most the consensus. */
  readonly clipped: Float64Array;
  /** Null: off, as in the first epoch. */
  liquidAlpha: LiquidAlpha | null;
  /** What liquid alpha compares a weight with: weights of this epoch by pair, consensus by miner. */
  readonly setWeights: Float64Array;
  liquidConsensus: Float64Array;
  /** Was there no epoch before? Then there are no bonds, and they are all 0. */
  isFirst: boolean;
  /** Those of the epoch before; they become those of this one. */
  readonly bonds: Float64Array;
  /** By miner, of the sum 1 or 0. */
  readonly incentive: Float64Array;
  /** By validator: room for what is bought of one miner. */
  readonly bought: Float64Array;
  /** By validator: receives what its bonds earn, not normalised. All 0 before. */
  readonly dividends: Float64Array;
}

/** A version's way with bonds: trades, and says what they earn (docs/explanation/yuma.md). */
export type BondMarket = (trade: BondTrade) => void;
