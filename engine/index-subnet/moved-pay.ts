import type { World } from "../books/world.js";
import { normalise } from "../kernel/normalise.js";
import { movedShare, type RunMetrics, SAME_SHARES } from "../metrics/index.js";
import type { EpochRewards } from "../rewards/index.js";
import type { Measurements } from "../vesting/measurements.js";
import type { BasePoolStages } from "./base-pool-stages.js";
import type { Stakes } from "./stakes.js";

/** Takes into the figures of a run how far a rule moves what the participants of an index subnet are paid. */
export class MovedPay {
  private readonly metrics: RunMetrics;
  private readonly stakes: Stakes;
  private readonly participants: number;
  /** Number of each participant on the subnet. */
  private readonly member: Int32Array;

  constructor(world: World, metrics: RunMetrics, stakes: Stakes, participants: number) {
    this.metrics = metrics;
    this.stakes = stakes;
    this.participants = participants;
    this.member = Int32Array.from(stakes.positionOf.slice(0, participants), (position) => world.positions.onSubnet[position]);
  }

  /** How far a list of stages moves what the participants get of base pool and tiers, whether it is applied or not. */
  byStages(stages: BasePoolStages, endMs: number, rewards: EpochRewards, measured: Measurements): void {
    const { stakes, participants } = this;
    const { stagedShare, plainBaseRao, tierRao } = rewards;
    const count = stagedShare.length;
    const basePotRao = rewards.basePoolRao + rewards.movedToBaseRao;
    const [base, final] = [new Float64Array(count), new Float64Array(count)];
    let baseSum = 0;
    let potRao = basePotRao;
    for (let k = 0; k < count; k++) {
      const ofTier = k < participants ? tierRao[k] : 0;
      base[k] = k < participants ? plainBaseRao[k] + ofTier : 0;
      baseSum += base[k];
      potRao += ofTier;
      final[k] = stagedShare[k] * basePotRao + ofTier;
    }
    normalise(final, count);
    this.metrics.take({
      netuid: stakes.subnet.configuration.netuid,
      endMs,
      potRao,
      count,
      base,
      baseSum,
      final,
      allocated: final.some((share, k) => k < participants && share > 0),
      member: stages.member,
      members: stakes.subnet.positionCount,
      evidence: {
        sharers: base.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0),
        differ: movedShare(base, baseSum, final, true, count) > SAME_SHARES,
        ...this.holdings(measured),
      },
    });
  }

  /** How far the multipliers move what the participants are paid. */
  byMultipliers(base: Float64Array, factor: Float64Array, endMs: number, rewards: EpochRewards, measured: Measurements): void {
    const { stakes, participants } = this;
    let potRao = 0;
    let sharers = 0;
    let first = 1;
    let differ = false;
    for (let miner = 0; miner < participants; miner++) {
      potRao += rewards.paidRao[miner];
      if (base[miner] > 0) {
        if (sharers === 0) first = factor[miner];
        else if (factor[miner] !== first) differ = true;
        sharers += 1;
      }
    }
    this.metrics.take({
      netuid: stakes.subnet.configuration.netuid,
      endMs,
      potRao,
      count: participants,
      base,
      baseSum: sharers > 0 ? 1 : 0,
      final: rewards.weight,
      allocated: rewards.weight.some((weight) => weight > 0),
      member: this.member,
      members: stakes.subnet.positionCount,
      evidence: { sharers, differ, ...this.holdings(measured) },
    });
  }

  /** Participants who hold what they were paid, and those who hold a part of it. */
  private holdings(measured: Measurements): { readonly holdings: number; readonly partly: number } {
    const { participants } = this;
    let holdings = 0;
    let partly = 0;
    for (let miner = 0; miner < participants; miner++) {
      const i = this.member[miner];
      if (measured.eligible[i] === 0 || !(measured.receivedRao[i] > 0)) continue;
      holdings += 1;
      if (measured.heldShare[i] > 0 && measured.heldShare[i] < 1) partly += 1;
    }
    return { holdings, partly };
  }
}
