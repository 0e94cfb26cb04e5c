import { DEFAULT_REWARDS, type RewardsConfiguration, type TierConfiguration } from "./configuration.js";

/** What the original's volume tracker gives its top ranks, before it is rescaled to sum 1. */
const TOP_RANK_PARTS = [50, 30, 20, 15, 12, 10, 8, 6, 4, 2];

/** One tier a rank for the first `ranks` of at most ten ranks, as the original's volume tracker has it. */
export function topRankTiers(ranks: number): TierConfiguration[] {
  const parts = TOP_RANK_PARTS.slice(0, ranks);
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part, index) => ({ name: `top_${index + 1}`, fromRank: index + 1, toRank: index + 1, share: part / sum }));
}

/** `tao20-original-rewards` of docs/explanation/presets.md: what the original's reward system does. */
export const TAO20_ORIGINAL_REWARDS: RewardsConfiguration = {
  ...DEFAULT_REWARDS,
  score: { ...DEFAULT_REWARDS.score, formula: "volume_scaled", volumeWeight: 0.8, frequencyWeight: 0.1, consistencyWeight: 0.1 },
  baseBy: "score",
  emptyTier: "burn",
  scorelessTier: "evenly",
  allZero: "evenly",
};

/** `tao20-original-volume` of docs/explanation/presets.md: what the original's volume tracker does. */
export const TAO20_ORIGINAL_VOLUME: RewardsConfiguration = {
  ...DEFAULT_REWARDS,
  score: { ...DEFAULT_REWARDS.score, volumeOver: "raw" },
  activity: { volumes: "all_time", frequencyAt: "own_last_transaction", hours: "active" },
  minVolumeRao: 0,
  pools: { base: 0.8, tierBonus: 0.2, validators: 0 },
  tiers: topRankTiers(TOP_RANK_PARTS.length),
  baseBy: "score",
  emptyTier: "to_tiers",
};
