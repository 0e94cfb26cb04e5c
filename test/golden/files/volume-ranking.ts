import { z } from "zod";
import { DEFAULT_ANTI_GAMING, TransactionLimits } from "../../../engine/anti-gaming/index.js";
import { MAX_RAO } from "../../../engine/kernel/money.js";
import {
  EpochDistributor,
  MinerActivity,
  MinerScores,
  type OperationSide,
  Ranking,
  rankMiners,
  refuseRewardsConfiguration,
  scoreMiners,
  TAO20_ORIGINAL_VOLUME,
  topRankTiers,
  VolumeTracker,
} from "../../../engine/rewards/index.js";
import { checker, goldenCase, rao, unixSeconds } from "../case.js";
import { near, same } from "../difference.js";
import { withScoreSettings } from "../tao20-original.js";

const TOLERANCE = 1e-12;
/** The original forgets what is an hour older than the latest transaction. */
const KEPT_SECONDS = 3600;
/** So many ranks have a share of the bonus; a larger count is the original's index error. */
const BONUS_RANKS = 10;

const decimal = z.string().transform(Number);
const suspicion = z.enum(["small_transaction", "high_frequency"]);
const schema = goldenCase(
  z.object({
    config: z.object({
      top_miner_count: z.number().int().positive().default(BONUS_RANKS),
      min_transaction_size_rao: rao.default(DEFAULT_ANTI_GAMING.minTransactionRao),
      max_transaction_frequency: z.number().int().nonnegative().default(DEFAULT_ANTI_GAMING.maxTransactionsPerMinute),
      mint_bonus_multiplier: z.string().optional(),
      volume_weight: z.string().optional(),
      frequency_weight: z.string().optional(),
      consistency_weight: z.string().optional(),
    }),
    transactions: z.array(
      z.object({
        t: unixSeconds,
        miner: z.string(),
        amount_rao: rao,
        side: z.enum(["mint", "redeem"]) satisfies z.ZodType<OperationSide>,
        clock: unixSeconds.optional(),
      }),
    ),
  }),
  z.object({
    rankings: z.array(
      z.object({
        miner: z.string(),
        rank: z.number().int(),
        weighted_score: decimal,
        base_weight: decimal,
        bonus_weight: decimal,
        final_weight: decimal,
        mint_rao: rao,
        redeem_rao: rao,
        transactions: z.number().int(),
        average_size_wei: decimal,
        transaction_frequency: decimal,
        consistency_score: decimal,
        active_hours: z.number().int(),
      }),
    ),
    suspicious_raised: z.array(z.object({ tx: z.number().int(), type: suspicion })),
    suspicious_kept: z.record(
      z.string(),
      z.array(z.object({ type: suspicion, t: unixSeconds, amount_rao: rao.optional(), count: z.number().int().optional() })),
    ),
  }),
);
type VolumeCase = z.output<typeof schema>;

/**
 * Golden file 7: activity, scores, ranking and weights, and what is suspicious. Weights are read off sharing the largest
 * pot there is. Where the original loses the final weights (more than ten top ranks), ours are only asked to be whole.
 */
export const checkVolumeRanking = checker(schema, (testCase) => {
  checkRankings(testCase);
  checkSuspicious(testCase);
});

function checkRankings({ input, expected, flags }: VolumeCase): void {
  const configuration = withScoreSettings({ ...TAO20_ORIGINAL_VOLUME, tiers: topRankTiers(input.config.top_miner_count) }, input.config);
  refuseRewardsConfiguration(configuration);
  const names = minersOf(input);
  const tracker = new VolumeTracker(names.length, configuration.activity);
  let lastMs = 0;
  for (const { t, miner, side, amount_rao, clock } of input.transactions) {
    lastMs = t * 1000;
    tracker.record(names.indexOf(miner), lastMs, side, amount_rao, (clock ?? t) * 1000);
  }
  const activity = new MinerActivity(names.length);
  tracker.read(lastMs, activity);
  const scores = new MinerScores(names.length);
  scoreMiners(activity, configuration, null, scores);
  const ranking = new Ranking(names.length);
  rankMiners(scores, new Float64Array(names.length), ranking);
  const nobody = { stakeRao: new Float64Array(0), inConsensus: new Uint8Array(0) };
  const distributor = new EpochDistributor(configuration, names.length, 0);
  distributor.entitle(MAX_RAO, scores, ranking, nobody);
  const rewards = distributor.settle();
  const lost = flags.includes("original_misbehaves");
  let finalWeights = 0;
  same("number of rankings", ranking.count, expected.rankings.length);
  expected.rankings.forEach((theirs, k) => {
    const at = `rankings[${k}]`;
    const miner = ranking.miners[k];
    same(`${at}.miner`, names[miner], theirs.miner);
    same(`${at}.rank`, k + 1, theirs.rank);
    same(`${at}.mint_rao`, activity.mintRao[miner], theirs.mint_rao);
    same(`${at}.redeem_rao`, activity.redeemRao[miner], theirs.redeem_rao);
    same(`${at}.transactions`, tracker.transactions[miner], theirs.transactions);
    const averageRao = scores.volumeRao[miner] / tracker.transactions[miner];
    near(`${at}.average_size`, averageRao, theirs.average_size_wei / 1e9, TOLERANCE * averageRao);
    same(`${at}.transaction_frequency`, activity.transactionsPerHour[miner], theirs.transaction_frequency);
    near(`${at}.consistency_score`, activity.consistency[miner], theirs.consistency_score, TOLERANCE);
    same(`${at}.active_hours`, tracker.activeHours(miner), theirs.active_hours);
    near(`${at}.weighted_score`, scores.score[miner], theirs.weighted_score, TOLERANCE);
    near(`${at}.base_weight`, rewards.baseRao[miner] / MAX_RAO, theirs.base_weight, TOLERANCE);
    finalWeights += rewards.weight[miner];
    if (lost) return;
    near(`${at}.bonus_weight`, rewards.tierRao[miner] / MAX_RAO, theirs.bonus_weight, TOLERANCE);
    near(`${at}.final_weight`, rewards.weight[miner], theirs.final_weight, TOLERANCE);
  });
  near("sum of final weights", finalWeights, ranking.count > 0 ? 1 : 0, TOLERANCE);
}

/** In the order in which they first appear, by which the original breaks ties. */
function minersOf(input: VolumeCase["input"]): string[] {
  return [...new Set(input.transactions.map(({ miner }) => miner))];
}

function checkSuspicious({ input, expected }: VolumeCase): void {
  const { config, transactions } = input;
  const names = minersOf(input);
  const limits = new TransactionLimits(names.length, config.min_transaction_size_rao, config.max_transaction_frequency);
  const raised: { tx: number; type: z.output<typeof suspicion>; count: number }[] = [];
  transactions.forEach(({ t, miner, amount_rao }, tx) => {
    if (limits.isUnderMinimum(amount_rao)) raised.push({ tx, type: "small_transaction", count: 0 });
    if (limits.isOverRate(names.indexOf(miner), t * 1000)) raised.push({ tx, type: "high_frequency", count: limits.lastMinute });
  });
  same("number of suspicious_raised", raised.length, expected.suspicious_raised.length);
  expected.suspicious_raised.forEach(({ tx, type }, k) => {
    same(`suspicious_raised[${k}].tx`, raised[k].tx, tx);
    same(`suspicious_raised[${k}].type`, raised[k].type, type);
  });
  const last = transactions.reduce((latest, { t }) => Math.max(latest, t), 0);
  for (const name of names) {
    const kept = raised.filter(({ tx }) => transactions[tx].miner === name && transactions[tx].t >= last - KEPT_SECONDS);
    const theirs = expected.suspicious_kept[name] ?? [];
    same(`number of suspicious_kept.${name}`, kept.length, theirs.length);
    theirs.forEach(({ type, t, amount_rao, count }, k) => {
      const at = `suspicious_kept.${name}[${k}]`;
      same(`${at}.type`, kept[k].type, type);
      same(`${at}.t`, transactions[kept[k].tx].t, t);
      if (amount_rao !== undefined) same(`${at}.amount_rao`, transactions[kept[k].tx].amount_rao, amount_rao);
      if (count !== undefined) same(`${at}.count`, kept[k].count, count);
    });
  }
}
