import { isRao, MAX_RAO } from "../kernel/money.js";
import { CONSENSUS_RANGES, REWARD_RANGES, requireThat, requireWithin } from "../kernel/ranges.js";
import { DAY_MS } from "../kernel/time.js";
import type { AntiGamingConfiguration, ClusterConfiguration } from "./configuration.js";

const LONGEST_MS = 365 * DAY_MS;

/**
 * Refuses anti-gaming rules that no scenario can mean.
 *
 * @param path dotted path of the section
 * @throws TenureError TEN-REWARD-121 to TEN-REWARD-130
 */
export function refuseAntiGamingConfiguration(rules: AntiGamingConfiguration, path = "index.anti_gaming"): void {
  requireWithin(rules.penaltyFactor, REWARD_RANGES.penaltyFactor, "TEN-REWARD-121", `${path}.penalty_factor`);
  const rao = `whole rao from 0 to ${MAX_RAO}`;
  requireThat(isRao(rules.minTransactionRao), "TEN-REWARD-122", `${path}.min_transaction`, rules.minTransactionRao, rao);
  const perMinute = rules.maxTransactionsPerMinute;
  requireWithin(perMinute, REWARD_RANGES.transactionsPerMinute, "TEN-REWARD-123", `${path}.max_transactions_per_minute`);
  const windows = "0 to a year";
  requireThat(isWindow(rules.washWindowMs), "TEN-REWARD-124", `${path}.wash_window`, rules.washWindowMs, windows);
  requireThat(isWindow(rules.boundaryWindowMs), "TEN-REWARD-125", `${path}.boundary_window`, rules.boundaryWindowMs, windows);
  requireThat(isRao(rules.minFlaggedRao), "TEN-REWARD-126", `${path}.min_flagged`, rules.minFlaggedRao, rao);
  if (rules.clusters !== null) refuseClusters(rules.clusters, `${path}.clusters`);
}

function refuseClusters({ binMs, windowEpochs, similarity, minOperations }: ClusterConfiguration, path: string): void {
  requireThat(binMs > 0 && binMs <= DAY_MS, "TEN-REWARD-127", `${path}.bin`, binMs, "above 0, at most a day");
  requireWithin(windowEpochs, REWARD_RANGES.windowEpochs, "TEN-REWARD-128", `${path}.window_epochs`);
  requireWithin(similarity, REWARD_RANGES.similarity, "TEN-REWARD-129", `${path}.similarity`);
  requireWithin(minOperations, CONSENSUS_RANGES.count, "TEN-REWARD-130", `${path}.min_operations`);
}

function isWindow(windowMs: number): boolean {
  return windowMs >= 0 && windowMs <= LONGEST_MS;
}
