import { describe, expect, it } from "vitest";
import { DEFAULT_NOISE_TRADERS, type NoiseTraderConfiguration } from "../../../../engine/agents/participants/noise/noise-trader.js";
import { NoiseTraders } from "../../../../engine/agents/participants/noise/noise-traders.js";
import { randomStreams } from "../../../../engine/kernel/random.js";
import type { Trade } from "../../../../engine/market/token-market.js";
import { auditMarket, OUTSIDE_MARKET, smallMarket, TAO, TOKEN } from "../../market/small-market.js";

function trade(count: number, samples: number, changes: Partial<NoiseTraderConfiguration> = {}) {
  const market = smallMarket();
  const { accounts, pool, founder } = market;
  const traders = Array.from({ length: count }, (_, i) => accounts.open(`trader ${i}`));
  for (const account of traders) {
    accounts.transfer(TAO, OUTSIDE_MARKET, account, 20 * TOKEN);
    accounts.transfer(1, founder, account, 20 * TOKEN);
  }
  const stream = randomStreams(5, 0);
  const draws = traders.map((_, i) => stream(`noise/${i}`));
  const noise = new NoiseTraders({ ...DEFAULT_NOISE_TRADERS, ...changes }, accounts, traders, draws);
  const seen: [number, Trade][] = [];
  let trades = 0;
  for (let sample = 0; sample < samples; sample++) trades += noise.act(pool, (trader, one) => seen.push([trader, one]));
  return { ...market, seen, trades };
}

describe("noise traders", () => {
  it("trade as often as they are told, both ways, and make or lose nothing but among themselves", () => {
    const { accounts, fund, seen, trades } = trade(4, 2_000, { tradeProbability: 0.1, meanSizeRao: TOKEN / 10 });
    expect(seen.length).toBe(trades);
    expect(trades / 8_000).toBeCloseTo(0.1, 1);
    const buys = seen.filter(([, { side }]) => side === "buy").length;
    expect(buys / trades).toBeGreaterThan(0.4);
    expect(buys / trades).toBeLessThan(0.6);
    auditMarket(accounts, fund);
  });

  it("do the same again, and each the same whoever else trades", () => {
    const options = { tradeProbability: 0.05, meanSizeRao: TOKEN / 100 };
    const one = trade(3, 300, options).seen;
    expect(trade(3, 300, options).seen).toEqual(one);
    const sides = (seen: typeof one, who: number) => seen.filter(([trader]) => trader === who).map(([, { side }]) => side);
    expect(sides(trade(1, 300, options).seen, 0)).toEqual(sides(one, 0));
  });

  it("go on in their direction when they are persistent, as long as they have the means", () => {
    const { seen } = trade(1, 400, { tradeProbability: 1, persistence: 1, meanSizeRao: TOKEN });
    expect(new Set(seen.map(([, { side }]) => side)).size).toBe(1);
    expect(seen.length).toBeLessThan(400);
    expect(seen.reduce((sum, [, { paidRao }]) => sum + paidRao, 0)).toBeLessThanOrEqual(20 * TOKEN);
  });

  it("make no trade above the largest, and none in an empty market", () => {
    const { seen } = trade(2, 200, { tradeProbability: 1, meanSizeRao: 50 * TOKEN, maxSizeRao: TOKEN });
    for (const [, { side, paidRao, priceBeforeTao }] of seen) {
      expect(side === "buy" ? paidRao : paidRao * priceBeforeTao).toBeLessThanOrEqual(TOKEN + 1);
    }
    const market = smallMarket();
    const noise = new NoiseTraders({ ...DEFAULT_NOISE_TRADERS, tradeProbability: 1 }, market.accounts, [market.founder], [() => 0.3]);
    const empty = {
      priceTao: 0,
      feeShare: 0,
      taoReserveRao: 0,
      tokenReserveRao: 0,
      quote: () => 0,
      canCount: () => true,
      trade: () => ({ done: false, cause: "no_price" }) as const,
    };
    expect(noise.act(empty)).toBe(0);
  });
});
