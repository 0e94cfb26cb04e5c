/** The chain's two ways with bonds: the newer one, which new subnets have, and the one before. */
export const CHAIN_BONDS = ["original", "yuma3"] as const;
export type ChainBonds = (typeof CHAIN_BONDS)[number];

/** Hyperparameters of a subnet as the chain stores them. */
export interface ChainConfiguration {
  readonly bonds: ChainBonds;
  /** Of 65535: part of the stake that has to support a weight; 1 or more. */
  readonly kappaU16: number;
  /** Of 65535: how far bonds are bought from clipped weights. */
  readonly bondsPenaltyU16: number;
  /** Millionths of the last bonds that stay. */
  readonly bondsMovingAveragePpm: number;
  /** Null: off. Of `yuma3` alone; the chain ignores it in `original`. */
  readonly liquidAlpha: ChainLiquidAlpha | null;
}

export interface ChainLiquidAlpha {
  /** Of 65535; low at most high. */
  readonly alphaLowU16: number;
  readonly alphaHighU16: number;
  /** Hundredths. */
  readonly sigmoidSteepness: number;
}
