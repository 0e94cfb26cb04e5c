import { describe, expect, it } from "vitest";
import { auditMarket } from "../../market/small-market.js";
import { arbitrageRun } from "./arbitrage-run.js";

const rms = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const NOISE = { noiseTraders: 10, noise: { tradeProbability: 0.2, meanSizeRao: 5_000_000_000 } };
const MARKET = { samples: 3_000, subnets: 30, volatilityPerYear: 1, ...NOISE };

describe("participants in a noisy market", () => {
  const alone = arbitrageRun({ ...MARKET, participants: 0 });
  const together = arbitrageRun({ ...MARKET, participants: 8, configuration: { neutralProbability: 0.01 } });

  it("keep the price at NAV, which without them it is not", () => {
    expect(rms(alone.premiums)).toBeGreaterThan(0.02);
    expect(rms(together.premiums)).toBeLessThan(0.006);
    expect(Math.max(...together.premiums.map(Math.abs))).toBeLessThan(0.02);
  });

  it("earn by it, every arbitrage what its estimate said", () => {
    const { agents, outcomes } = together;
    const arbitrage = outcomes.filter(({ order }) => order.reason === "arbitrage");
    expect(arbitrage.length).toBeGreaterThan(100);
    for (const outcome of arbitrage) {
      if (!outcome.done) throw new Error(outcome.cause);
      expect(outcome.profitRao).toBeGreaterThan(10_000_000);
      expect(outcome.profitRao / 1e9).toBeCloseTo(outcome.order.expectedProfitTao - 0.01, 5);
    }
    expect(agents[0].metrics.arbitrageProfitTao).toBeGreaterThan(0);
    expect(agents[0].metrics.answered).toBeGreaterThan(0);
  });

  it("make or lose nothing, and what they earn and burn others paid", () => {
    const { accounts, fund } = together.venue;
    auditMarket(accounts, fund);
    expect(fund.mintedRao.toBigInt()).toBeGreaterThan(0n);
    expect(fund.redeemedRao.toBigInt()).toBeGreaterThan(0n);
  });

  it("do the same again, and each draws from its own stream", () => {
    const again = arbitrageRun({ ...MARKET, participants: 8, configuration: { neutralProbability: 0.01 } });
    expect(again.premiums).toEqual(together.premiums);
    expect(again.outcomes.map(({ timeMs, done }) => [timeMs, done])).toEqual(together.outcomes.map(({ timeMs, done }) => [timeMs, done]));
    const other = arbitrageRun({ ...MARKET, seed: 2, participants: 8, configuration: { neutralProbability: 0.01 } });
    expect(other.premiums).not.toEqual(together.premiums);
  });
});

describe("a month of 128 subnets and 40 participants", () => {
  it("loses and makes nothing", () => {
    const { venue } = arbitrageRun({ samples: 21_600, participants: 40, noiseTraders: 10, subnets: 128, volatilityPerYear: 1 });
    auditMarket(venue.accounts, venue.fund);
  });
});
