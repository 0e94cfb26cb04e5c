import * as z from "zod";
import {
  DEFAULT_REWARDS,
  EMPTY_TIER_CHOICES,
  REWARD_RANGES,
  ruleLabel,
  SCORE_PARAMETERS,
  SCORE_RULES,
  type ScoreRuleName,
} from "../../../engine/index.js";
import { amount, amountTokens } from "../amount.js";
import { real, whole } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { choiceOrRuleFile, ruleWith } from "../rule-file.js";
import { choice, section } from "../section.js";

const { score, activity, minVolumeRao, pools, tiers, ...rewards } = DEFAULT_REWARDS;
const share = real(REWARD_RANGES.share);
const RANK = whole(1, 1_000_000);
const NAME = "a name";

export const REWARDS_PRESETS = ["tao20-original-rewards", "tao20-original-volume"] as const;

const scoreSection = section({
  formula: choiceOrRuleFile(Object.keys(SCORE_RULES) as [ScoreRuleName, ...ScoreRuleName[]])
    .default(ruleLabel(score.formula))
    .describe(
      `${Object.values(SCORE_RULES)
        .map(({ name, meaning }) => `\`${name}\`: ${meaning}`)
        .join("; ")}. Or a file with a rule of one's own, such as \`./my-score.ts\`.`,
    ),
  with: ruleWith,
  mint_multiplier: real(REWARD_RANGES.volumeMultiplier).default(score.mintMultiplier).describe("What minted volume counts."),
  redeem_multiplier: real(REWARD_RANGES.volumeMultiplier).default(score.redeemMultiplier).describe("What redeemed volume counts."),
  ...parameterShape(SCORE_PARAMETERS),
  volume_over: choice(["weighted", "raw"]).default(score.volumeOver).describe("Largest volume that weighted volumes are divided by."),
});

const activitySection = section({
  volumes: choice(["epoch", "all_time"]).default(activity.volumes).describe("Volumes of the epoch, or of all time."),
  frequency_at: choice(["epoch_end", "own_last_transaction"])
    .default(activity.frequencyAt)
    .describe("When the hour ends that transactions are counted in."),
  hours: choice(["clock", "active"])
    .default(activity.hours)
    .describe("Consistency looks at the last 24 clock hours, or at the last 24 in which the participant did anything."),
});

const tier = section({
  name: z.string({ error: NAME }).min(1, { error: NAME }).describe("Name, unique; `base` is what those behind the last tier are called."),
  from_rank: RANK.describe("First rank."),
  to_rank: RANK.describe("Last rank."),
  share: share.describe("Share of the tier bonus; all sum to 1."),
});

export const rewardsSchema = section({
  preset: choice(REWARDS_PRESETS)
    .nullable()
    .default(null)
    .describe("Choices of an earlier system for all keys that are not stated (docs/explanation/presets.md)."),
  score: scoreSection.prefault({}).describe("How scores are made."),
  activity: activitySection.prefault({}).describe("What of a participant's activity counts."),
  min_volume: amount().default(amountTokens(minVolumeRao)).describe("Volume in an epoch below which nobody is ranked, TAO."),
  pools: section({
    base: share.default(pools.base).describe("Shared over all who are ranked."),
    tier_bonus: share.default(pools.tierBonus).describe("Shared over the tiers."),
    validators: share.default(pools.validators).describe("Shared over the validators in consensus, by stake."),
  })
    .prefault({})
    .describe("Shares of an epoch's emission; together at most 1, the rest is `unallocated`."),
  tiers: z
    .array(tier, { error: "a list of tiers" })
    .default(tiers.map(({ name, fromRank, toRank, share: part }) => ({ name, from_rank: fromRank, to_rank: toRank, share: part })))
    .describe("Tiers in order of rank, from rank 1, without holes or overlaps."),
  base_by: choice(["volume", "score"]).default(rewards.baseBy).describe("What the base pool is shared by."),
  empty_tier: choice(EMPTY_TIER_CHOICES).default(rewards.emptyTier).describe("Where the share of a tier goes in which nobody is."),
  scoreless_tier: choice(["unallocated", "evenly"])
    .default(rewards.scorelessTier)
    .describe("Where the share of a tier goes whose members all score 0."),
  all_zero: choice(["unallocated", "evenly"])
    .default(rewards.allZero)
    .describe("Where the base pool goes when everybody who is ranked weighs 0 in it."),
  max_top10_share: real(REWARD_RANGES.maxTop10Share)
    .nullable()
    .default(rewards.maxTop10Share)
    .describe("The most that the ten best paid get together; left out: no cap."),
}).describe("From activity to pay (docs/explanation/rewards.md).");

export type RewardsInput = z.output<typeof rewardsSchema>;
