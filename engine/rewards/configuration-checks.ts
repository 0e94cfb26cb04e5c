import { TenureError } from "../kernel/errors.js";
import { abs } from "../kernel/math.js";
import { isRao, MAX_RAO } from "../kernel/money.js";
import { REWARD_RANGES, requireThat, requireWithin } from "../kernel/ranges.js";
import { requireParameters } from "../rules/parameter.js";
import { SCORE_RULES, type ScoreRuleName } from "../rules/scores/index.js";
import type { PoolShares, RewardsConfiguration, ScoreConfiguration } from "./configuration.js";
import { TierTable } from "./tier-table.js";

/** Decimal fractions that are meant to sum to 1 may miss it by rounding, no more. */
const SUM_TOLERANCE = 1e-9;

/**
 * Refuses rewards that no scenario can mean.
 *
 * @param path dotted path of the section
 * @throws TenureError TEN-REWARD-101 to TEN-REWARD-113
 */
export function refuseRewardsConfiguration(rewards: RewardsConfiguration, path = "index.rewards"): void {
  refuseScore(rewards.score, `${path}.score`);
  requireThat(isRao(rewards.minVolumeRao), "TEN-REWARD-104", `${path}.min_volume`, rewards.minVolumeRao, `whole rao from 0 to ${MAX_RAO}`);
  refusePools(rewards.pools, `${path}.pools`);
  new TierTable(rewards.tiers, `${path}.tiers`);
  const { maxTop10Share } = rewards;
  if (maxTop10Share !== null) requireWithin(maxTop10Share, REWARD_RANGES.maxTop10Share, "TEN-REWARD-113", `${path}.max_top10_share`);
}

function refuseScore(score: ScoreConfiguration, path: string): void {
  const { formula } = score;
  // Of a plug-in whose file was not read nothing is known.
  if (typeof formula === "object") {
    if (formula.rule !== null) requireParameters(formula.rule.parameters, formula.values, `${path}.with`);
  } else refuseScoreParameters(formula, score, path);
  const multipliers = [
    ["mint_multiplier", score.mintMultiplier],
    ["redeem_multiplier", score.redeemMultiplier],
  ] as const;
  for (const [key, value] of multipliers) requireWithin(value, REWARD_RANGES.volumeMultiplier, "TEN-REWARD-103", `${path}.${key}`);
}

function refuseScoreParameters(formula: ScoreRuleName, score: ScoreConfiguration, path: string): void {
  const { parameters } = SCORE_RULES[formula];
  requireParameters(parameters, score, path);
  const sum = "volumeWeight" in parameters ? score.volumeWeight + score.frequencyWeight + score.consistencyWeight : 1;
  if (abs(sum - 1) > SUM_TOLERANCE) {
    throw new TenureError({
      code: "TEN-REWARD-102",
      what: "The weights of volume, frequency and consistency do not sum to 1.",
      place: { path },
      found: sum,
      allowed: "1",
    });
  }
}

function refusePools(pools: PoolShares, path: string): void {
  const shares = [
    ["base", pools.base],
    ["tier_bonus", pools.tierBonus],
    ["validators", pools.validators],
  ] as const;
  for (const [key, share] of shares) requireWithin(share, REWARD_RANGES.share, "TEN-REWARD-105", `${path}.${key}`);
  const sum = pools.base + pools.tierBonus + pools.validators;
  if (sum > 1 + SUM_TOLERANCE) {
    throw new TenureError({
      code: "TEN-REWARD-106",
      what: "The pools hand out more than there is.",
      place: { path },
      found: sum,
      allowed: "a sum of at most 1",
      hint: "Lower one of base, tier_bonus and validators; what the pools leave is recorded as unallocated.",
    });
  }
}
