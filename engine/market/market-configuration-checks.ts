import { TenureError } from "../errors.js";
import { isWholeParts } from "../kernel/decimal.js";
import { abs, floor } from "../kernel/math.js";
import { isRao } from "../money.js";
import type {
  IndexFundConfiguration,
  NoiseTraderConfiguration,
  PoolConfiguration,
  PriceModelConfiguration,
  PriceShock,
} from "./market-configuration.js";
import { HIGHEST_PRICE, LOWEST_PRICE } from "./price-book.js";
import { SHARE_UNIT } from "./proportion.js";

const NONE = Number.POSITIVE_INFINITY;

/** @throws TenureError TEN-MARKET-120 to -126; `path` is that of the fund's section */
export function refuseIndexFundConfiguration(fund: IndexFundConfiguration, path = "index.fund"): void {
  check(isCount(fund.constituents), "TEN-MARKET-120", `${path}.constituents`, fund.constituents, "a whole number of 1 or more");
  check(isCount(fund.averagingDays), "TEN-MARKET-121", `${path}.averaging_days`, fund.averagingDays, "a whole number of 1 or more");
  check(
    isCount(fund.rebalanceEveryDays),
    "TEN-MARKET-122",
    `${path}.rebalance_every_days`,
    fund.rebalanceEveryDays,
    "a whole number of 1 or more",
  );
  for (const [name, share] of [
    ["mint_fee", fund.mintFee],
    ["redeem_fee", fund.redeemFee],
  ] as const) {
    check(isShare(share) && share < 1, "TEN-MARKET-123", `${path}.${name}`, share, SHARE);
  }
  const yearly = fund.managementFeePerYear;
  check(isShare(yearly) && yearly < 1, "TEN-MARKET-124", `${path}.management_fee_per_year`, yearly, SHARE);
  check(isTime(fund.staleAfterMs), "TEN-MARKET-125", `${path}.stale_after`, fund.staleAfterMs, "a time above 0");
  check(
    fund.initialNavTaoPerToken >= LOWEST_PRICE && fund.initialNavTaoPerToken <= HIGHEST_PRICE,
    "TEN-MARKET-126",
    `${path}.initial_nav`,
    fund.initialNavTaoPerToken,
    `from ${LOWEST_PRICE} to ${HIGHEST_PRICE} TAO`,
  );
}

/** @throws TenureError TEN-MARKET-127 */
export function refusePoolConfiguration(pool: PoolConfiguration, path = "index.pool"): void {
  check(isShare(pool.fee) && pool.fee < 1, "TEN-MARKET-127", `${path}.fee`, pool.fee, SHARE);
}

/** @throws TenureError TEN-MARKET-128, -129 */
export function refuseNoiseTraderConfiguration(traders: NoiseTraderConfiguration, path = "index.noise_traders"): void {
  for (const [name, chance] of [
    ["trade_probability", traders.tradeProbability],
    ["persistence", traders.persistence],
  ] as const) {
    check(chance >= 0 && chance <= 1, "TEN-MARKET-128", `${path}.${name}`, chance, "0 to 1");
  }
  for (const [name, size] of [
    ["mean_size", traders.meanSizeRao],
    ["max_size", traders.maxSizeRao],
  ] as const) {
    check(isRao(size) && size > 0, "TEN-MARKET-129", `${path}.${name}`, size, "a whole amount of rao above 0");
  }
}

/** @throws TenureError TEN-MARKET-130 to -135 */
export function refusePriceModelConfiguration(model: PriceModelConfiguration, path = "index.prices"): void {
  if (model.kind === "block_bootstrap") {
    check(isCount(model.blockSteps), "TEN-MARKET-130", `${path}.block_steps`, model.blockSteps, "a whole number of 1 or more");
    return;
  }
  const { volatilityPerYear, correlation } = model;
  check(volatilityPerYear >= 0 && volatilityPerYear <= 100, "TEN-MARKET-131", `${path}.volatility_per_year`, volatilityPerYear, "0 to 100");
  check(correlation >= 0 && correlation <= 1, "TEN-MARKET-132", `${path}.correlation`, correlation, "0 to 1");
  if (model.kind === "ornstein_uhlenbeck") {
    check(isTime(model.halfLifeMs), "TEN-MARKET-133", `${path}.half_life`, model.halfLifeMs, "a time above 0");
    return;
  }
  check(abs(model.driftPerYear) <= 100, "TEN-MARKET-134", `${path}.drift_per_year`, model.driftPerYear, "-100 to 100");
  if (model.kind === "geometric_brownian_motion") return;
  for (const [name, value, lowest, highest] of [
    ["jumps_per_year", model.jumpsPerYear, 0, 100_000],
    ["jump_mean", model.jumpMean, -10, 10],
    ["jump_deviation", model.jumpDeviation, 0, 10],
  ] as const) {
    check(value >= lowest && value <= highest, "TEN-MARKET-135", `${path}.${name}`, value, `${lowest} to ${highest}`);
  }
}

/** @throws TenureError TEN-MARKET-136 */
export function refusePriceShocks(shocks: readonly PriceShock[], path = "index.prices.shocks"): void {
  shocks.forEach(({ fromMs, durationMs, factor }, index) => {
    check(
      factor >= 1e-6 && factor <= 1e6,
      "TEN-MARKET-136",
      `${path}[${index}].factor`,
      factor,
      "from 0.000001 to 1000000 (0.4 is a fall of 60 %)",
    );
    check(fromMs >= 0 && fromMs < NONE, "TEN-MARKET-136", `${path}[${index}].from`, fromMs, "an instant");
    check(isTime(durationMs), "TEN-MARKET-136", `${path}[${index}].duration`, durationMs, "a time above 0");
  });
}

const SHARE = `from 0 to below 1, in whole parts of a billion`;

/** A share that can be taken exactly: 0..1 and a whole number of parts of a billion. */
function isShare(value: number): boolean {
  return value >= 0 && value <= 1 && isWholeParts(value, SHARE_UNIT);
}

function isCount(value: number): boolean {
  return value >= 1 && value <= 65_535 && floor(value) === value;
}

function isTime(valueMs: number): boolean {
  return valueMs > 0 && valueMs < NONE;
}

function check(holds: boolean, code: string, path: string, found: number, allowed: string): void {
  if (!holds) throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found, allowed });
}
