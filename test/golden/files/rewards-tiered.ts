import { z } from "zod";
import {
  EpochDistributor,
  type EpochRewards,
  gini,
  leadingShare,
  MinerActivity,
  MinerScores,
  Ranking,
  type RewardsConfiguration,
  rankMiners,
  refuseRewardsConfiguration,
  scoreMiners,
  TAO20_ORIGINAL_REWARDS,
} from "../../../engine/rewards/index.js";
import { bindScoreRule } from "../../../engine/rules/scores/index.js";
import { checker, goldenCase, rao } from "../case.js";
import { near, same } from "../difference.js";
import { withScoreSettings } from "../tao20-original.js";

/** Relative. */
const TOLERANCE = 1e-12;
/** Whole rao against fractions of them (docs/explanation/presets.md). */
const RAO = 2;

const decimal = z.string().transform(Number);
const schema = goldenCase(
  z.object({
    config: z.object({
      min_volume_threshold_rao: rao.optional(),
      mint_bonus_multiplier: z.string().optional(),
      volume_weight: z.string().optional(),
      consistency_weight: z.string().optional(),
      frequency_weight: z.string().optional(),
    }),
    emissions_rao: rao,
    miners: z.array(
      z.object({
        miner: z.string(),
        mint_rao: rao,
        redeem_rao: rao,
        consistency_score: decimal.default(1),
        frequency_score: decimal.default(1),
      }),
    ),
  }),
  z.object({
    miners: z.array(
      z.object({
        miner: z.string(),
        rank: z.number().int(),
        tier: z.string(),
        weighted_score_wei: decimal,
        base_reward: decimal,
        tier_bonus: decimal,
        total_reward: decimal,
      }),
    ),
    base_pool: decimal,
    tier_bonus_pool: decimal,
    validator_pool: decimal,
    undistributed_bonus: decimal,
    gini: z.number(),
    top10_concentration: z.number(),
    total_miners: z.number().int(),
  }),
);
type RewardsCase = z.output<typeof schema>;

/**
 * Golden file 6: scores, tiers and pools. Pay is whole rao here and fractions of them there. Inequality is compared on
 * the original's own amounts, and on ours as closely as two rao a miner allow.
 */
export const checkRewardsTiered = checker(schema, ({ input, expected }) => {
  const configuration = withScoreSettings(
    { ...TAO20_ORIGINAL_REWARDS, minVolumeRao: input.config.min_volume_threshold_rao ?? TAO20_ORIGINAL_REWARDS.minVolumeRao },
    input.config,
  );
  refuseRewardsConfiguration(configuration);
  const scores = scoresOf(input.miners, configuration);
  const ranking = new Ranking(scores.count);
  rankMiners(scores, new Float64Array(scores.count), ranking);
  const distributor = new EpochDistributor(configuration, scores.count, 0);
  const nobody = { stakeRao: new Float64Array(0), inConsensus: new Uint8Array(0) };
  distributor.entitle(input.emissions_rao, scores, ranking, nobody);
  const rewards = distributor.settle();
  same("total_miners", ranking.count, expected.total_miners);
  expected.miners.forEach((miner, k) => {
    const at = `miners[${k}]`;
    const index = ranking.miners[k];
    same(`${at}.miner`, input.miners[index].miner, miner.miner);
    same(`${at}.rank`, ranking.rankOf[index], miner.rank);
    same(`${at}.tier`, distributor.tiers.nameOf(rewards.tier[index]), miner.tier);
    const score = miner.weighted_score_wei / 1e9;
    near(`${at}.weighted_score`, scores.score[index], score, TOLERANCE * score);
    near(`${at}.base_reward`, rewards.baseRao[index], miner.base_reward * 1e9, RAO);
    near(`${at}.tier_bonus`, rewards.tierRao[index], miner.tier_bonus * 1e9, RAO);
    near(`${at}.total_reward`, rewards.paidRao[index], miner.total_reward * 1e9, RAO);
  });
  checkPools(rewards, expected);
  checkInequality(
    Float64Array.from(ranking.miners.subarray(0, ranking.count), (miner) => rewards.paidRao[miner]),
    expected,
  );
});

/** Scores as the case states their parts: consistency and frequency are given, not measured. */
function scoresOf(miners: RewardsCase["input"]["miners"], configuration: RewardsConfiguration): MinerScores {
  const activity = new MinerActivity(miners.length);
  miners.forEach((miner, index) => {
    activity.mintRao[index] = miner.mint_rao;
    activity.redeemRao[index] = miner.redeem_rao;
    activity.consistency[index] = miner.consistency_score;
  });
  const scores = new MinerScores(miners.length);
  scoreMiners(activity, configuration, null, scores);
  const rule = bindScoreRule(configuration.score.formula, configuration.score);
  miners.forEach((miner, index) => {
    scores.score[index] = rule(scores.weightedVolume[index], scores.volume[index], miner.frequency_score, miner.consistency_score);
  });
  return scores;
}

function checkPools(rewards: EpochRewards, expected: RewardsCase["expected"]): void {
  near("base_pool", rewards.basePoolRao, expected.base_pool * 1e9, RAO);
  near("tier_bonus_pool", rewards.tierBonusPoolRao, expected.tier_bonus_pool * 1e9, RAO);
  near("validator_pool", rewards.validatorPoolRao, expected.validator_pool * 1e9, RAO);
  let undistributedRao = 0;
  for (const { pool, amountRao } of rewards.remainders) if (pool === "tier_bonus") undistributedRao += amountRao;
  near("undistributed_bonus", undistributedRao, expected.undistributed_bonus * 1e9, RAO);
}

function checkInequality(paidRao: Float64Array, { miners, gini: inequality, top10_concentration: top10 }: RewardsCase["expected"]): void {
  const theirs = Float64Array.from(miners, (miner) => miner.total_reward);
  near("gini", gini(Float64Array.from(theirs).sort()), inequality, TOLERANCE);
  near("top10_concentration", leadingShare(theirs, 10), top10, TOLERANCE);
  const totalRao = paidRao.reduce((total, amount) => total + amount, 0);
  const roundingOf = (members: number) => (totalRao > 0 ? (2 * RAO * members) / totalRao : 0) + TOLERANCE;
  near("gini of whole rao", gini(Float64Array.from(paidRao).sort()), inequality, roundingOf(miners.length));
  near("top10_concentration of whole rao", leadingShare(paidRao, 10), top10, roundingOf(miners.length));
}
