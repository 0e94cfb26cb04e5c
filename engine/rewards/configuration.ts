import { DEFAULT_SCORE_PARAMETERS, type ScoreParameters, type ScoreRuleChoice } from "../rules/scores/index.js";

/** How scores are made (docs/explanation/rewards.md): which rule, and the parameters of all; a plug-in brings its own. */
export interface ScoreConfiguration extends ScoreParameters {
  readonly formula: ScoreRuleChoice;
  /** What a rao minted counts in the weighted volume; 0 or more. */
  readonly mintMultiplier: number;
  /** What a rao redeemed counts in the weighted volume; 0 or more. */
  readonly redeemMultiplier: number;
  /** What a weighted volume is divided by: the largest weighted volume, or the largest raw one (then it can pass 1). */
  readonly volumeOver: "weighted" | "raw";
}

/** What of a miner's activity counts (docs/explanation/rewards.md). */
export interface ActivityConfiguration {
  /** Volumes of the epoch, or of all time. */
  readonly volumes: "epoch" | "all_time";
  /** The hour of the frequency ends at the end of the epoch, or with the miner's own last transaction. */
  readonly frequencyAt: "epoch_end" | "own_last_transaction";
  /** Consistency looks at the last 24 clock hours, idle ones as 0, or at the last 24 hours in which the miner did anything. */
  readonly hours: "clock" | "active";
}

/** Shares of an epoch's emission, 0..1; together at most 1. What is left of 1 is `unallocated`. */
export interface PoolShares {
  readonly base: number;
  readonly tierBonus: number;
  readonly validators: number;
}

/** A run of ranks and what it gets of the tier bonus. */
export interface TierConfiguration {
  readonly name: string;
  /** First rank, 1 or more. */
  readonly fromRank: number;
  /** Last rank, inclusive. */
  readonly toRank: number;
  /** Share of the tier bonus, 0..1. */
  readonly share: number;
}

/**
 * Where the share of a tier goes in which nobody is: to the base pool, to the `burn` row, or to the tiers that are
 * occupied, in proportion to their shares.
 */
export const EMPTY_TIER_CHOICES = ["to_base", "burn", "to_tiers"] as const;
export type EmptyTier = (typeof EMPTY_TIER_CHOICES)[number];

export interface RewardsConfiguration {
  readonly score: ScoreConfiguration;
  readonly activity: ActivityConfiguration;
  /** A miner with less raw volume (minted + redeemed) than this in the epoch is not ranked; rao. */
  readonly minVolumeRao: number;
  readonly pools: PoolShares;
  /** In order of rank, from rank 1, without holes. */
  readonly tiers: readonly TierConfiguration[];
  /** What the base pool is shared by: weighted volume, or score. */
  readonly baseBy: "volume" | "score";
  readonly emptyTier: EmptyTier;
  /** Where the share of a tier goes whose members all score 0: to the `unallocated` row, or to them evenly. */
  readonly scorelessTier: "unallocated" | "evenly";
  /** Where the base pool goes when everybody who is ranked weighs 0 in it: to the `unallocated` row, or to them evenly. */
  readonly allZero: "unallocated" | "evenly";
  /** The most that the ten best paid miners may get together of what miners are paid in an epoch, in (0, 1]; null: no cap. */
  readonly maxTop10Share: number | null;
}

/** The rules of docs/explanation/rewards.md. */
export const DEFAULT_REWARDS: RewardsConfiguration = {
  score: {
    formula: "weighted_sum",
    mintMultiplier: 1.1,
    redeemMultiplier: 1,
    ...DEFAULT_SCORE_PARAMETERS,
    volumeOver: "weighted",
  },
  activity: { volumes: "epoch", frequencyAt: "epoch_end", hours: "clock" },
  minVolumeRao: 1_000_000_000,
  pools: { base: 0.7, tierBonus: 0.25, validators: 0.05 },
  tiers: [
    { name: "diamond", fromRank: 1, toRank: 1, share: 0.4 },
    { name: "platinum", fromRank: 2, toRank: 2, share: 0.25 },
    { name: "gold", fromRank: 3, toRank: 5, share: 0.2 },
    { name: "silver", fromRank: 6, toRank: 10, share: 0.1 },
    { name: "bronze", fromRank: 11, toRank: 20, share: 0.05 },
  ],
  baseBy: "volume",
  emptyTier: "to_base",
  scorelessTier: "unallocated",
  allZero: "unallocated",
  maxTop10Share: null,
};
