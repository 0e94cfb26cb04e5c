import { InvariantError } from "../kernel/errors.js";
import { max } from "../kernel/math.js";
import { isRao } from "../kernel/money.js";
import { PotSharing } from "../kernel/pot.js";
import { ConcentrationCap } from "./concentration-cap.js";
import type { RewardsConfiguration } from "./configuration.js";
import { EpochRewards, REWARD_POOLS } from "./epoch-rewards.js";
import type { Ranking } from "./rank-miners.js";
import type { MinerScores } from "./score-miners.js";
import { TierTable } from "./tier-table.js";

/** Shares that miss 1 by less are meant to sum to 1. */
const SUM_TOLERANCE = 1e-9;

/** Who shares the validator pool, in uid order. */
export interface ValidatorStakes {
  readonly stakeRao: Float64Array;
  /** 1: took part in the epoch's consensus. */
  readonly inConsensus: Uint8Array;
}

/** A list of weight stages over the base pool (docs/explanation/stages.md), which then is shared by score. */
export type BaseList = "none" | "shadow" | "applied";

/**
 * Shares out an epoch's emission (docs/explanation/rewards.md): pools; tiers of the bonus by rank, inside a tier by score; the base by
 * volume or score; validators by stake among those in consensus. That is what everybody is entitled to (`entitle`); a rule may
 * then share anew what miners are; the cap comes last (`settle`). Every step shares whole rao by largest remainders, so the
 * parts always sum to the pot.
 */
export class EpochDistributor {
  readonly tiers: TierTable;
  readonly rewards: EpochRewards;
  private readonly pot = new PotSharing();
  private readonly cap: ConcentrationCap | null;
  private readonly poolWeights: Float64Array;
  private readonly poolRao = new Float64Array(4);
  private readonly occupiedShares: Float64Array;
  private readonly weights: Float64Array;
  private readonly parts: Float64Array;

  /**
   * @param minerCount miners are in uid order
   * @throws TenureError as TierTable
   */
  constructor(
    private readonly configuration: RewardsConfiguration,
    private readonly minerCount: number,
    private readonly validatorCount: number,
  ) {
    this.tiers = new TierTable(configuration.tiers);
    this.rewards = new EpochRewards(minerCount, validatorCount, this.tiers.count);
    this.cap = configuration.maxTop10Share === null ? null : new ConcentrationCap(minerCount, configuration.maxTop10Share);
    const { base, tierBonus, validators } = configuration.pools;
    const rest = 1 - (base + tierBonus + validators);
    this.poolWeights = Float64Array.of(base, tierBonus, validators, rest > SUM_TOLERANCE ? rest : 0);
    this.occupiedShares = new Float64Array(this.tiers.count);
    const longest = max(minerCount, validatorCount, this.tiers.count);
    this.weights = new Float64Array(longest);
    this.parts = new Float64Array(longest);
  }

  /**
   * @param potRao the epoch's emission: whole rao, below 2^53
   * @param list whether a list of stages is there to share the base pool, and does
   * @returns `rewards` of this object, filled anew; `paidRao` is what a miner is entitled to
   */
  entitle(potRao: number, scores: MinerScores, ranking: Ranking, validators: ValidatorStakes, list: BaseList = "none"): EpochRewards {
    if (!isRao(potRao)) throw new InvariantError(`an epoch's emission is ${potRao} rao`);
    const { rewards, poolRao } = this;
    rewards.begin(potRao);
    // All pools can be 0: then everything is left over, and there is nothing to share by.
    if (!this.pot.share(potRao, this.poolWeights, 4, poolRao)) poolRao[3] = potRao;
    [rewards.basePoolRao, rewards.tierBonusPoolRao, rewards.validatorPoolRao] = poolRao;
    rewards.remain("rest", null, "unallocated", poolRao[3]);
    this.shareTiers(scores, ranking);
    this.shareBase(scores, ranking, list);
    this.shareValidators(validators);
    for (let miner = 0; miner < this.minerCount; miner++) rewards.paidRao[miner] = rewards.baseRao[miner] + rewards.tierRao[miner];
    return rewards;
  }

  /**
   * Caps what miners are paid, `paidRao`, and makes weights of it.
   * @param elsewhereRao what a list of stages sends elsewhere than to miners
   * @throws InvariantError where anything of the emission was made or lost since `entitle`
   */
  settle(elsewhereRao = 0): EpochRewards {
    const { rewards, minerCount } = this;
    const { paidRao, weight } = rewards;
    if (this.cap !== null) rewards.remain("cap", null, "unallocated", this.cap.apply(paidRao));
    let minersRao = 0;
    for (let miner = 0; miner < minerCount; miner++) minersRao += paidRao[miner];
    if (minersRao > 0) for (let miner = 0; miner < minerCount; miner++) weight[miner] = paidRao[miner] / minersRao;
    rewards.remainders.sort((a, b) => REWARD_POOLS.indexOf(a.pool) - REWARD_POOLS.indexOf(b.pool));
    this.assertWhole(minersRao + elsewhereRao);
    return rewards;
  }

  private shareTiers(scores: MinerScores, ranking: Ranking): void {
    const { rewards, tiers, occupiedShares, weights, parts } = this;
    const { emptyTier, scorelessTier } = this.configuration;
    for (let k = 0; k < ranking.count; k++) rewards.tier[ranking.miners[k]] = tiers.tierOf(k + 1);
    occupiedShares.set(tiers.shares);
    if (emptyTier === "to_tiers") {
      for (let tier = 0; tier < tiers.count; tier++) if (tiers.fromRank[tier] > ranking.count) occupiedShares[tier] = 0;
    }
    if (!this.pot.share(rewards.tierBonusPoolRao, occupiedShares, tiers.count, rewards.tierPotRao)) {
      rewards.remain("tier_bonus", null, "unallocated", rewards.tierBonusPoolRao);
    }
    for (let tier = 0; tier < tiers.count; tier++) {
      const tierPotRao = rewards.tierPotRao[tier];
      if (tierPotRao === 0) continue;
      if (tiers.fromRank[tier] > ranking.count) {
        if (emptyTier === "burn") rewards.remain("tier_bonus", tiers.nameOf(tier), "burn", tierPotRao);
        else rewards.movedToBaseRao += tierPotRao;
        continue;
      }
      for (let miner = 0; miner < this.minerCount; miner++) weights[miner] = rewards.tier[miner] === tier ? scores.score[miner] : 0;
      let shared = this.pot.share(tierPotRao, weights, this.minerCount, parts);
      if (!shared && scorelessTier === "evenly") {
        for (let miner = 0; miner < this.minerCount; miner++) weights[miner] = rewards.tier[miner] === tier ? 1 : 0;
        shared = this.pot.share(tierPotRao, weights, this.minerCount, parts);
      }
      if (!shared) {
        rewards.remain("tier_bonus", tiers.nameOf(tier), "unallocated", tierPotRao);
        continue;
      }
      for (let miner = 0; miner < this.minerCount; miner++) rewards.tierRao[miner] += parts[miner];
    }
  }

  private shareBase(scores: MinerScores, ranking: Ranking, list: BaseList): void {
    const { rewards, minerCount } = this;
    const { baseWeight, baseRao, basePotRao } = rewards;
    const { baseBy } = this.configuration;
    const paysBy = baseBy === "volume" && list !== "applied" ? scores.baseVolume : scores.score;
    this.weighBase(paysBy, ranking);
    const shared = this.pot.share(basePotRao, baseWeight, minerCount, baseRao);
    // A list begins with scores; one that is only computed leaves pay to the rule it stands beside.
    if (list === "shadow" && paysBy !== scores.score) this.weighBase(scores.score, ranking);
    // A list that decides says itself what nobody gets.
    if (!shared && list !== "applied") rewards.remain("base", null, "unallocated", basePotRao);
  }

  /** Weights of who is ranked, into `baseWeight`; even ones where all are 0 and the configuration says so. */
  private weighBase(by: Float64Array, { rankOf }: Ranking): void {
    const { baseWeight } = this.rewards;
    let sum = 0;
    for (let miner = 0; miner < this.minerCount; miner++) {
      baseWeight[miner] = rankOf[miner] > 0 ? by[miner] : 0;
      sum += baseWeight[miner];
    }
    if (sum > 0 || this.configuration.allZero !== "evenly") return;
    for (let miner = 0; miner < this.minerCount; miner++) baseWeight[miner] = rankOf[miner] > 0 ? 1 : 0;
  }

  private shareValidators({ stakeRao, inConsensus }: ValidatorStakes): void {
    const { rewards, weights } = this;
    for (let validator = 0; validator < this.validatorCount; validator++) {
      weights[validator] = inConsensus[validator] === 1 ? stakeRao[validator] : 0;
    }
    if (!this.pot.share(rewards.validatorPoolRao, weights, this.validatorCount, rewards.validatorRao)) {
      rewards.remain("validators", null, "unallocated", rewards.validatorPoolRao);
    }
  }

  private assertWhole(minersRao: number): void {
    const { rewards } = this;
    let sum = minersRao + rewards.remainingRao("burn") + rewards.remainingRao("unallocated");
    for (let validator = 0; validator < this.validatorCount; validator++) sum += rewards.validatorRao[validator];
    if (sum !== rewards.potRao) throw new InvariantError(`an emission of ${rewards.potRao} rao was shared out as ${sum}`);
  }
}
