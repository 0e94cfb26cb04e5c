import { describe, expect, it } from "vitest";
import {
  DEFAULT_NOISE_TRADERS,
  type NoiseTraderConfiguration,
  refuseNoiseTraderConfiguration,
} from "../../../engine/agents/participants/noise/noise-trader.js";
import { DEFAULT_INDEX_FUND, DEFAULT_POOL, type IndexFundConfiguration } from "../../../engine/market/market-configuration.js";
import {
  refuseIndexFundConfiguration,
  refusePoolConfiguration,
  refusePriceShocks,
} from "../../../engine/market/market-configuration-checks.js";
import { type PriceModelConfiguration, refusePriceModelConfiguration } from "../../../engine/market/price-models/index.js";

describe("configurations of the market", () => {
  it("are taken as they are by default", () => {
    refuseIndexFundConfiguration(DEFAULT_INDEX_FUND);
    refusePoolConfiguration(DEFAULT_POOL);
    refuseNoiseTraderConfiguration(DEFAULT_NOISE_TRADERS, "index.noise_traders", 3_600_000);
    expect(DEFAULT_INDEX_FUND).toEqual({
      constituents: 20,
      averagingDays: 14,
      rebalanceEveryDays: 14,
      mintFee: 0.002,
      redeemFee: 0.002,
      managementFeePerYear: 0.01,
      staleAfterMs: 300_000,
      initialNavTaoPerToken: 1,
    });
  });

  it.each<[string, Partial<IndexFundConfiguration>]>([
    ["TEN-MARKET-120: index.fund.constituents", { constituents: 0 }],
    ["TEN-MARKET-121: index.fund.averaging_days", { averagingDays: 1.5 }],
    ["TEN-MARKET-122: index.fund.rebalance_every_days", { rebalanceEveryDays: Number.NaN }],
    ["TEN-MARKET-123: index.fund.mint_fee", { mintFee: 1 }],
    ["TEN-MARKET-123: index.fund.mint_fee", { mintFee: 0.00000000015 }],
    ["TEN-MARKET-123: index.fund.redeem_fee", { redeemFee: -0.1 }],
    ["TEN-MARKET-124: index.fund.management_fee_per_year", { managementFeePerYear: Number.NaN }],
    ["TEN-MARKET-125: index.fund.stale_after", { staleAfterMs: 0 }],
    ["TEN-MARKET-126: index.fund.initial_nav", { initialNavTaoPerToken: 0 }],
  ])("%s", (start, change) => {
    expect(() => refuseIndexFundConfiguration({ ...DEFAULT_INDEX_FUND, ...change })).toThrow(start);
  });

  it.each<[string, Partial<NoiseTraderConfiguration>]>([
    ["TEN-MARKET-128: index.noise_traders.trade_probability", { tradeProbability: 1.1 }],
    ["TEN-MARKET-128: index.noise_traders.persistence", { persistence: -0.1 }],
    ["TEN-MARKET-129: index.noise_traders.mean_size", { meanSizeRao: 0.5 }],
    ["TEN-MARKET-129: index.noise_traders.max_size", { maxSizeRao: 0 }],
  ])("%s", (start, change) => {
    expect(() => refuseNoiseTraderConfiguration({ ...DEFAULT_NOISE_TRADERS, ...change }, "index.noise_traders", 3_600_000)).toThrow(start);
  });

  const gbm = { kind: "geometric_brownian_motion", driftPerYear: 0, volatilityPerYear: 1, correlation: 0 } as const;
  const jumps = { ...gbm, kind: "jump_diffusion", jumpsPerYear: 1, jumpMean: 0, jumpDeviation: 1 } as const;
  it.each<[string, PriceModelConfiguration]>([
    ["TEN-MARKET-130: index.prices.block_steps", { kind: "block_bootstrap", blockSteps: 0 }],
    ["TEN-MARKET-131: index.prices.volatility_per_year", { ...gbm, volatilityPerYear: -1 }],
    ["TEN-MARKET-132: index.prices.correlation", { ...gbm, correlation: 2 }],
    ["TEN-MARKET-133: index.prices.half_life", { kind: "ornstein_uhlenbeck", halfLifeMs: 0, volatilityPerYear: 1, correlation: 0 }],
    ["TEN-MARKET-134: index.prices.drift_per_year", { ...gbm, driftPerYear: Number.NaN }],
    ["TEN-MARKET-135: index.prices.jumps_per_year", { ...jumps, jumpsPerYear: -1 }],
    ["TEN-MARKET-135: index.prices.jump_mean", { ...jumps, jumpMean: 11 }],
    ["TEN-MARKET-135: index.prices.jump_deviation", { ...jumps, jumpDeviation: Number.POSITIVE_INFINITY }],
  ])("%s", (start, model) => {
    expect(() => refusePriceModelConfiguration(model)).toThrow(start);
  });

  it("refuse a pool fee of all, and shocks that lead nowhere", () => {
    expect(() => refusePoolConfiguration({ fee: 1 })).toThrow("TEN-MARKET-127: index.pool.fee");
    const shock = { fromMs: 0, durationMs: 1, factor: 0.4 };
    refusePriceShocks([shock]);
    expect(() => refusePriceShocks([shock, { ...shock, factor: 0 }])).toThrow("TEN-MARKET-136: index.prices.shocks[1].factor");
    expect(() => refusePriceShocks([{ ...shock, durationMs: 0 }])).toThrow("TEN-MARKET-136: index.prices.shocks[0].duration");
    expect(() => refusePriceShocks([{ ...shock, fromMs: Number.NaN }])).toThrow("TEN-MARKET-136: index.prices.shocks[0].from");
  });
});
