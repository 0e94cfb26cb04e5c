import { TenureError } from "../kernel/errors.js";
import { isRao } from "../kernel/money.js";
import { type NumberRange, PARTICIPANT_RANGES, requireWithin } from "../kernel/ranges.js";
import type { ParticipantConfiguration } from "./participant-configuration.js";

const NONE = Number.POSITIVE_INFINITY;

/**
 * Refuses what no participant can act on.
 * @param path dotted path of the participant's section
 * @throws TenureError TEN-AGENT-101 to -113
 */
export function refuseParticipantConfiguration(configuration: ParticipantConfiguration, path = "index.participants"): void {
  const check = (holds: boolean, code: string, name: string, found: unknown, allowed: string): void => {
    if (holds) return;
    throw new TenureError({ code, what: `${path}.${name} is out of range.`, place: { path: `${path}.${name}` }, found, allowed });
  };
  const within = (code: string, name: string, value: number, range: NumberRange): void =>
    requireWithin(value, range, code, `${path}.${name}`);
  const c = configuration;
  within("TEN-AGENT-101", "min_spread_threshold", c.minSpreadThreshold, PARTICIPANT_RANGES.minSpreadThreshold);
  check(isRao(c.minTransactionSizeRao), "TEN-AGENT-102", "min_transaction_size", c.minTransactionSizeRao, "a whole amount of rao");
  check(
    isRao(c.maxTransactionSizeRao) && c.maxTransactionSizeRao >= c.minTransactionSizeRao && c.maxTransactionSizeRao > 0,
    "TEN-AGENT-103",
    "max_transaction_size",
    c.maxTransactionSizeRao,
    "a whole amount of rao above 0, not below min_transaction_size",
  );
  within("TEN-AGENT-104", "balance_share", c.balanceShare, PARTICIPANT_RANGES.balanceShare);
  within("TEN-AGENT-105", "profit_over_cost", c.profitOverCost, PARTICIPANT_RANGES.profitOverCost);
  check(isRao(c.transactionCostRao), "TEN-AGENT-106", "transaction_cost", c.transactionCostRao, "a whole amount of rao");
  within("TEN-AGENT-107", "basket_cost", c.basketCost, PARTICIPANT_RANGES.basketCost);
  within("TEN-AGENT-108", "neutral_probability", c.neutralProbability, PARTICIPANT_RANGES.neutralProbability);
  within("TEN-AGENT-109", "max_inventory_ratio", c.maxInventoryRatio, PARTICIPANT_RANGES.maxInventoryRatio);
  if (c.stopLossDrawdown !== null) within("TEN-AGENT-110", "stop_loss_drawdown", c.stopLossDrawdown, PARTICIPANT_RANGES.stopLossDrawdown);
  check(c.stopLossPauseMs >= 0 && c.stopLossPauseMs < NONE, "TEN-AGENT-111", "stop_loss_pause", c.stopLossPauseMs, "0 or more");
  check(c.lookEveryMs >= 0 && c.lookEveryMs < NONE, "TEN-AGENT-112", "look_every", c.lookEveryMs, "0 or more");
  check(
    !(c.profitEstimate === "spread" && c.discountRoute === "buy_and_redeem"),
    "TEN-AGENT-113",
    "profit_estimate",
    c.profitEstimate,
    "executed, or discount_route: redeem_inventory",
  );
}
