import { MARKET_RANGES, requireThat, requireWithin } from "../kernel/ranges.js";
import type { IndexFundConfiguration, PoolConfiguration, PriceShock } from "./market-configuration.js";

const NONE = Number.POSITIVE_INFINITY;

/** @throws TenureError TEN-MARKET-120 to -126; `path` is that of the fund's section */
export function refuseIndexFundConfiguration(fund: IndexFundConfiguration, path = "index.fund"): void {
  const { fundCount, fee, initialNav } = MARKET_RANGES;
  requireWithin(fund.constituents, fundCount, "TEN-MARKET-120", `${path}.constituents`);
  requireWithin(fund.averagingDays, fundCount, "TEN-MARKET-121", `${path}.averaging_days`);
  requireWithin(fund.rebalanceEveryDays, fundCount, "TEN-MARKET-122", `${path}.rebalance_every_days`);
  requireWithin(fund.mintFee, fee, "TEN-MARKET-123", `${path}.mint_fee`);
  requireWithin(fund.redeemFee, fee, "TEN-MARKET-123", `${path}.redeem_fee`);
  requireWithin(fund.managementFeePerYear, fee, "TEN-MARKET-124", `${path}.management_fee_per_year`);
  requireThat(isTime(fund.staleAfterMs), "TEN-MARKET-125", `${path}.stale_after`, fund.staleAfterMs, "a time above 0");
  requireWithin(fund.initialNavTaoPerToken, initialNav, "TEN-MARKET-126", `${path}.initial_nav`);
}

/** @throws TenureError TEN-MARKET-127 */
export function refusePoolConfiguration(pool: PoolConfiguration, path = "index.pool"): void {
  requireWithin(pool.fee, MARKET_RANGES.fee, "TEN-MARKET-127", `${path}.fee`);
}

/** @throws TenureError TEN-MARKET-136 */
export function refusePriceShocks(shocks: readonly PriceShock[], path = "index.prices.shocks"): void {
  shocks.forEach(({ fromMs, durationMs, factor }, index) => {
    requireWithin(factor, MARKET_RANGES.shockFactor, "TEN-MARKET-136", `${path}[${index}].factor`);
    requireThat(fromMs >= 0 && fromMs < NONE, "TEN-MARKET-136", `${path}[${index}].from`, fromMs, "an instant");
    requireThat(isTime(durationMs), "TEN-MARKET-136", `${path}[${index}].duration`, durationMs, "a time above 0");
  });
}

function isTime(valueMs: number): boolean {
  return valueMs > 0 && valueMs < NONE;
}
