import type { RedistributionConfiguration } from "../configuration/vesting-configuration.js";
import { InvariantError } from "../kernel/errors.js";
import { max } from "../kernel/math.js";
import { isRao } from "../kernel/money.js";
import { PotSharing } from "../kernel/pot.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";
import { applyMultipliers, type FactorReaches } from "../vesting/weights.js";
import { ConcentrationCap } from "./concentration-cap.js";
import type { RewardsConfiguration } from "./configuration.js";
import { EpochRewards } from "./epoch-rewards.js";
import type { Ranking } from "./rank-miners.js";
import type { MinerScores } from "./score-miners.js";
import { TierTable } from "./tier-table.js";

/** Shares that miss 1 by less are meant to sum to 1. */
const SUM_TOLERANCE = 1e-9;
const UNALLOCATED = REST_ROWS.indexOf("unallocated");

/** Who shares the validator pool, in uid order. */
export interface ValidatorStakes {
  readonly stakeRao: Float64Array;
  /** 1: took part in the epoch's consensus. */
  readonly inConsensus: Uint8Array;
}

/** Multipliers of vesting on top of the tier shares (docs/explanation/weights.md), by miner. */
export interface RewardMultipliers {
  readonly factor: Float64Array;
  readonly redistribution: RedistributionConfiguration;
  /** Is a factor at least a limit, exactly? Default: a factor counts as the decimal that names its double. */
  readonly reaches?: FactorReaches | undefined;
}

/** A list of weight stages that shares the base pool (docs/explanation/stages.md). */
export interface BaseStages {
  /** Does the list decide pay, or is it only computed? */
  readonly applies: boolean;
  /**
   * Runs the list on an epoch.
   * @param base weights of the miners, in uid order
   * @param shares is filled with shares of the pool: of the miners, then of `REST_ROWS`
   */
  run(base: Float64Array, shares: Float64Array): void;
}

/**
 * Shares out an epoch's emission (docs/explanation/rewards.md): pools; tiers of the bonus by rank, inside a tier by score; the base by
 * volume or score; validators by stake among those in consensus; then multipliers, then the cap. Every step shares whole
 * rao by largest remainders, so the parts always sum to the pot.
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
   * @param multipliers null: none
   * @param stages null: the base pool is shared by `base_by`
   * @returns `rewards` of this object, filled anew
   */
  distributeEpoch(
    potRao: number,
    scores: MinerScores,
    ranking: Ranking,
    validators: ValidatorStakes,
    multipliers: RewardMultipliers | null = null,
    stages: BaseStages | null = null,
  ): EpochRewards {
    if (!isRao(potRao)) throw new InvariantError(`an epoch's emission is ${potRao} rao`);
    const { rewards, poolRao } = this;
    rewards.begin(potRao);
    // All pools can be 0: then everything is left over, and there is nothing to share by.
    if (!this.pot.share(potRao, this.poolWeights, 4, poolRao)) poolRao[3] = potRao;
    [rewards.basePoolRao, rewards.tierBonusPoolRao, rewards.validatorPoolRao] = poolRao;
    rewards.remain("rest", null, "unallocated", poolRao[3]);
    this.shareTiers(scores, ranking);
    this.shareBase(scores, ranking, stages);
    this.shareValidators(validators);
    this.payMiners(multipliers);
    this.assertWhole();
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

  private shareBase(scores: MinerScores, ranking: Ranking, stages: BaseStages | null): void {
    const { rewards, weights, minerCount } = this;
    const { plainBaseRao, baseRao, stagedShare, stagedRao } = rewards;
    const by = this.configuration.baseBy === "volume" && stages === null ? scores.baseVolume : scores.score;
    for (let miner = 0; miner < minerCount; miner++) weights[miner] = ranking.rankOf[miner] > 0 ? by[miner] : 0;
    const basePotRao = rewards.basePoolRao + rewards.movedToBaseRao;
    let shared = this.pot.share(basePotRao, weights, minerCount, plainBaseRao);
    if (!shared && this.configuration.allZero === "evenly") {
      for (let miner = 0; miner < minerCount; miner++) weights[miner] = ranking.rankOf[miner] > 0 ? 1 : 0;
      shared = this.pot.share(basePotRao, weights, minerCount, plainBaseRao);
    }
    stages?.run(weights, stagedShare);
    if (stages?.applies === true) {
      shared = this.pot.share(basePotRao, stagedShare, stagedShare.length, stagedRao);
      baseRao.set(stagedRao.subarray(0, minerCount));
      rewards.remain("base", null, "unallocated", stagedRao[minerCount + UNALLOCATED]);
    } else baseRao.set(plainBaseRao);
    if (!shared) rewards.remain("base", null, "unallocated", basePotRao);
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

  private payMiners(multipliers: RewardMultipliers | null): void {
    const { rewards, minerCount, weights } = this;
    const { baseRao, tierRao, paidRao, weight } = rewards;
    let entitledRao = 0;
    for (let miner = 0; miner < minerCount; miner++) {
      paidRao[miner] = baseRao[miner] + tierRao[miner];
      entitledRao += paidRao[miner];
    }
    if (multipliers !== null && this.anyoneMultiplied(multipliers.factor)) {
      applyMultipliers(paidRao, multipliers.factor, minerCount, multipliers.redistribution, weights, multipliers.reaches);
      if (!this.pot.share(entitledRao, weights, minerCount, paidRao)) {
        rewards.remain("multipliers", null, "unallocated", entitledRao);
        entitledRao = 0;
      }
    }
    if (this.cap !== null) {
      const cutRao = this.cap.apply(paidRao);
      rewards.remain("cap", null, "unallocated", cutRao);
      entitledRao -= cutRao;
    }
    if (entitledRao > 0) for (let miner = 0; miner < minerCount; miner++) weight[miner] = paidRao[miner] / entitledRao;
  }

  /** Where no factor differs from 1, sharing anew could only add rounding. */
  private anyoneMultiplied(factor: Float64Array): boolean {
    for (let miner = 0; miner < this.minerCount; miner++) if (factor[miner] !== 1) return true;
    return false;
  }

  private assertWhole(): void {
    const { rewards } = this;
    let sum = rewards.remainingRao("burn") + rewards.remainingRao("unallocated") + rewards.elsewhereRao;
    for (let miner = 0; miner < this.minerCount; miner++) sum += rewards.paidRao[miner];
    for (let validator = 0; validator < this.validatorCount; validator++) sum += rewards.validatorRao[validator];
    if (sum !== rewards.potRao) throw new InvariantError(`an emission of ${rewards.potRao} rao was shared out as ${sum}`);
  }
}
