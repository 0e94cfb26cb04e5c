import type { ScoreConfiguration } from "./configuration.js";

/**
 * A score from its parts.
 *
 * @param weightedVolume rao minted and redeemed, each times its multiplier
 * @param volume weighted volume over the largest miner's
 * @param frequency transactions over the largest miner's, 0..1
 * @param consistency 0..1
 */
export type ScoreRule = (weightedVolume: number, volume: number, frequency: number, consistency: number) => number;

/** The formula of a configuration (docs/explanation/rewards.md). */
export function bindScoreRule(score: ScoreConfiguration): ScoreRule {
  const { volumeWeight, frequencyWeight, consistencyWeight } = score;
  if (score.formula === "weighted_sum") {
    return (_, volume, frequency, consistency) => volumeWeight * volume + frequencyWeight * frequency + consistencyWeight * consistency;
  }
  return (weightedVolume, _, frequency, consistency) =>
    weightedVolume * (volumeWeight + frequencyWeight * frequency + consistencyWeight * consistency);
}
