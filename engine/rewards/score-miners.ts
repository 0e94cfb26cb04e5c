import { RuleFault } from "../rules/rule-fault.js";
import { bindScoreRule } from "../rules/scores/index.js";
import type { RewardsConfiguration } from "./configuration.js";
import type { MinerActivity } from "./miner-activity.js";
import type { MinerStanding } from "./miner-standing.js";

/** Scores of an epoch and their parts, a column each, by miner. */
export class MinerScores {
  /** Raw volume, rao. */
  readonly volumeRao: Float64Array;
  /** mint_multiplier * minted + redeem_multiplier * redeemed, in rao; a weight, not money. */
  readonly weightedVolume: Float64Array;
  /** Parts of the score, 0..1. */
  readonly volume: Float64Array;
  readonly frequency: Float64Array;
  readonly consistency: Float64Array;
  /** Final score, 0 or more: after the standing. */
  readonly score: Float64Array;
  /** What the base pool goes by under `base_by: volume`: weighted volume, after the standing. */
  readonly baseVolume: Float64Array;
  /** 1: may be ranked: enough volume, not excluded. */
  readonly eligible: Uint8Array;

  constructor(readonly count: number) {
    this.volumeRao = new Float64Array(count);
    this.weightedVolume = new Float64Array(count);
    this.volume = new Float64Array(count);
    this.frequency = new Float64Array(count);
    this.consistency = new Float64Array(count);
    this.score = new Float64Array(count);
    this.baseVolume = new Float64Array(count);
    this.eligible = new Uint8Array(count);
  }
}

/**
 * Scores of an epoch (docs/explanation/rewards.md). Volume and frequency are over the largest miner's, 0 where that is 0. An excluded
 * miner scores 0 and is not what others are measured against; a penalised one keeps its parts, and its score and base
 * weight are cut.
 *
 * @param standing null: everybody in good standing
 * @throws RuleFault of a plug-in that fails, with the miner
 */
export function scoreMiners(
  activity: MinerActivity,
  rewards: RewardsConfiguration,
  standing: MinerStanding | null,
  scores: MinerScores,
): void {
  const { mintRao, redeemRao, transactionsPerHour } = activity;
  const { mintMultiplier, redeemMultiplier, volumeOver } = rewards.score;
  const rule = bindScoreRule(rewards.score.formula, rewards.score);
  const overRaw = volumeOver === "raw";
  let largestVolume = 0;
  let largestFrequency = 0;
  for (let miner = 0; miner < activity.count; miner++) {
    const raw = mintRao[miner] + redeemRao[miner];
    const weighted = mintMultiplier * mintRao[miner] + redeemMultiplier * redeemRao[miner];
    scores.volumeRao[miner] = raw;
    scores.weightedVolume[miner] = weighted;
    if (standing !== null && standing.excluded[miner] === 1) continue;
    const measured = overRaw ? raw : weighted;
    if (measured > largestVolume) largestVolume = measured;
    if (transactionsPerHour[miner] > largestFrequency) largestFrequency = transactionsPerHour[miner];
  }
  let miner = 0;
  const scoreOf = (weighted: number, volume: number, frequency: number, consistency: number): number => {
    try {
      return rule(weighted, volume, frequency, consistency);
    } catch (error) {
      if (error instanceof RuleFault) error.miner = miner;
      throw error;
    }
  };
  for (; miner < activity.count; miner++) {
    const excluded = standing !== null && standing.excluded[miner] === 1;
    const factor = excluded ? 0 : (standing?.factor[miner] ?? 1);
    const weighted = scores.weightedVolume[miner];
    const volume = excluded || largestVolume === 0 ? 0 : weighted / largestVolume;
    const frequency = excluded || largestFrequency === 0 ? 0 : transactionsPerHour[miner] / largestFrequency;
    const consistency = excluded ? 0 : activity.consistency[miner];
    scores.volume[miner] = volume;
    scores.frequency[miner] = frequency;
    scores.consistency[miner] = consistency;
    scores.score[miner] = factor * scoreOf(weighted, volume, frequency, consistency);
    scores.baseVolume[miner] = factor * weighted;
    scores.eligible[miner] = !excluded && scores.volumeRao[miner] >= rewards.minVolumeRao ? 1 : 0;
  }
}
