/** The first runtime versions of what a reader of stake must know. */
export const SPEC = {
  /** A test's runtime of the future, whose StakeAdded and StakeRemoved have one field more. */
  future: 999,
  /** Stake events name coldkey and netuid (the dev network had them at 218 already). */
  stakeByColdkey: 220,
  devNetwork: 218,
  /** What is set aside for a subnet's owner until its next epoch is kept. */
  ownerCut: 240,
  /** Stake events have a fee, summaries an amount. */
  stakeFee: 257,
  /** Alpha and TotalHotkeyShares are U64F64, plain u64 before. */
  fixedPointShares: 260,
  /** The Swap pallet with its square-root prices. */
  swap: 290,
  /** Swaps on one subnet, AlphaRecycled, AlphaBurned and mechanism counts. */
  mechanismCount: 300,
  /** IncentiveAlphaEmittedToMiners and AutoStakeAdded. */
  autoStake: 315,
  rootClaim: 330,
  /** ColdkeySwapped names its cost from `stakeFee` to the version before this one. */
  freeColdkeySwap: 390,
  addStakeBurn: 393,
  /** AlphaV2 and TotalHotkeySharesV2, and the fee of StakeRemoved on top of its alpha. */
  floatShares: 401,
  alphaFeeEvent: 410,
  /** SwapBalancer instead of square-root prices, and LastEpochBlock instead of the fixed schedule. */
  balancer: 423,
} as const;
