import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MarketObservation, premiumOf } from "../../../../../engine/agents/participants/market-observation.js";
import {
  DEFAULT_PARTICIPANT,
  PARTICIPANT_PRESETS,
  type ParticipantConfiguration,
} from "../../../../../engine/agents/participants/participant-configuration.js";
import { refuseParticipantConfiguration } from "../../../../../engine/agents/participants/participant-configuration-checks.js";
import { findOpportunity, passesThreshold } from "../../../../../engine/agents/participants/strategies/arbitrage/opportunity.js";

const TOKEN = 1_000_000_000;

function seenAt(price: number, changes: Partial<MarketObservation> = {}): MarketObservation {
  return Object.assign(new MarketObservation(), {
    navTaoPerToken: 1,
    navStale: false,
    priceTaoPerToken: price,
    poolTaoRao: 1_000_000 * TOKEN * price,
    poolTokensRao: 1_000_000 * TOKEN,
    mintFee: 0.002,
    redeemFee: 0.002,
    taoRao: 10 * TOKEN,
    tokensRao: 10 * TOKEN,
    ...changes,
  });
}

const find = (price: number, changes: Partial<MarketObservation> = {}, configuration: Partial<ParticipantConfiguration> = {}) =>
  findOpportunity({ ...DEFAULT_PARTICIPANT, ...configuration }, seenAt(price, changes));

describe("an opportunity", () => {
  it("is to mint at a premium and to redeem at a discount, with 80 % of the TAO", () => {
    expect(find(1.02)).toMatchObject({ side: "mint", sizeRao: 8 * TOKEN });
    expect(find(0.98)).toMatchObject({ side: "redeem", sizeRao: 8 * TOKEN });
    expect(find(1.02)?.spreadPercent).toBeCloseTo(2, 12);
    // 8 TAO mint 8 tokens, of which 7.984 are sold for 1.02, the price hardly moving.
    expect(find(1.02)?.grossProfitTao).toBeCloseTo(8 * 0.998 * 1.02 - 8, 3);
    expect(find(0.98)?.grossProfitTao).toBeCloseTo((8 / 0.98) * 0.998 - 8, 3);
  });

  it("needs a spread above the threshold, not at it", () => {
    const configuration = { minSpreadThreshold: 0.03125, transactionCostRao: 0 };
    expect(find(1.03125, {}, configuration)).toBeNull();
    expect(find(1.03126, {}, configuration)).not.toBeNull();
    expect(find(0.96875, {}, configuration)).toBeNull();
    expect(find(1.03125, {}, { ...configuration, atThreshold: "act" })).not.toBeNull();
  });

  it("needs a profit above twice the cost, fees and the price moved in the pool counted", () => {
    const gross = find(1.02)?.grossProfitTao as number;
    expect(find(1.02, {}, { transactionCostRao: Math.floor((gross / 2) * 1e9) - 1 })).not.toBeNull();
    expect(find(1.02, {}, { transactionCostRao: Math.ceil((gross / 2) * 1e9) + 1 })).toBeNull();
    expect(find(1.02, { poolTaoRao: 102 * TOKEN, poolTokensRao: 100 * TOKEN })).toBeNull();
    expect(find(1.02, { mintFee: 0.02 })).toBeNull();
    expect(find(1.02, { poolFee: 0.02 })).toBeNull();
    expect(find(1.02, {}, { basketCost: 0.02 })).toBeNull();
    expect(find(0.98, {}, { basketCost: 0.02 })).toBeNull();
  });

  it("is no larger than the largest transaction and no smaller than the smallest", () => {
    expect(find(1.02, { taoRao: 500 * TOKEN })?.sizeRao).toBe(10 * TOKEN);
    expect(find(1.3, { taoRao: 0.125 * TOKEN })).toMatchObject({ sizeRao: 0.1 * TOKEN });
    expect(find(1.3, { taoRao: 0.125 * TOKEN - 2 })).toBeNull();
    expect(find(1.3, { taoRao: 0 }, { minTransactionSizeRao: 0 })).toBeNull();
  });

  it("of one that redeems what it holds is of tokens", () => {
    const route = { discountRoute: "redeem_inventory" } as const;
    expect(find(0.9, { taoRao: 0 }, route)).toMatchObject({ side: "redeem", sizeRao: 8 * TOKEN });
    expect(find(0.9, { taoRao: 0 }, route)?.grossProfitTao).toBeCloseTo(8 * (0.998 - 0.9), 9);
    expect(find(0.9, { tokensRao: 0 }, route)).toBeNull();
    expect(find(1.1, { tokensRao: 0 }, route)).toMatchObject({ side: "mint" });
  });

  it("is none where a price or NAV is missing", () => {
    for (const seen of [seenAt(0), seenAt(1.1, { navTaoPerToken: 0 }), seenAt(Number.NaN)]) {
      expect(passesThreshold(DEFAULT_PARTICIPANT, seen)).toBe(false);
      expect(findOpportunity({ ...DEFAULT_PARTICIPANT, minSpreadThreshold: 0 }, seen)).toBeNull();
    }
    expect(premiumOf(seenAt(0))).toBe(0);
  });

  it("of the best size earns no less than one a little smaller or larger", () => {
    const pools = {
      price: fc.oneof(fc.double({ min: 1.02, max: 1.3, noNaN: true }), fc.double({ min: 0.7, max: 0.98, noNaN: true })),
      tokens: fc.integer({ min: 50, max: 5_000 }),
      poolFee: fc.constantFrom(0, 0.001, 0.003),
      basketCost: fc.constantFrom(0, 0.001),
    };
    fc.assert(
      fc.property(pools.price, pools.tokens, pools.poolFee, pools.basketCost, (price, tokens, poolFee, basketCost) => {
        const pool = { poolTaoRao: price * tokens * TOKEN, poolTokensRao: tokens * TOKEN, poolFee, taoRao: 1e15 };
        const all = {
          basketCost,
          transactionCostRao: 0,
          minTransactionSizeRao: 0,
          maxTransactionSizeRao: 1e15,
          balanceShare: 1,
          profitOverCost: 0,
        };
        const best = find(price, pool, { ...all, sizing: "best" });
        expect(best).not.toBeNull();
        if (best === null) return;
        for (const factor of [0.9, 0.99, 1.01, 1.1]) {
          const other = find(price, pool, { ...all, maxTransactionSizeRao: best.sizeRao * factor });
          expect(other?.grossProfitTao ?? 0).toBeLessThanOrEqual(best.grossProfitTao * (1 + 1e-9));
        }
      }),
      { numRuns: 300 },
    );
    expect(find(1.02, { poolTaoRao: 0, poolTokensRao: 0 }, { sizing: "best" })).toMatchObject({ sizeRao: 8 * TOKEN });
  });
});

describe("the configuration of a participant", () => {
  it("is taken by default and by preset", () => {
    refuseParticipantConfiguration(DEFAULT_PARTICIPANT, "index.participants", 3_600_000);
    refuseParticipantConfiguration(PARTICIPANT_PRESETS["tao20-original-arbitrage"], "index.participants", 3_600_000);
  });

  it.each<[string, Partial<ParticipantConfiguration>]>([
    ["TEN-AGENT-101: index.participants.min_spread_threshold", { minSpreadThreshold: -0.1 }],
    ["TEN-AGENT-102: index.participants.min_transaction_size", { minTransactionSizeRao: 0.5 }],
    ["TEN-AGENT-103: index.participants.max_transaction_size", { maxTransactionSizeRao: 1 }],
    ["TEN-AGENT-104: index.participants.balance_share", { balanceShare: 0 }],
    ["TEN-AGENT-105: index.participants.profit_over_cost", { profitOverCost: Number.POSITIVE_INFINITY }],
    ["TEN-AGENT-106: index.participants.transaction_cost", { transactionCostRao: -1 }],
    ["TEN-AGENT-107: index.participants.basket_cost", { basketCost: 1 }],
    ["TEN-AGENT-108: index.participants.neutral_probability", { neutralProbability: Number.NaN }],
    ["TEN-AGENT-109: index.participants.max_inventory_ratio", { maxInventoryRatio: 2 }],
    ["TEN-AGENT-110: index.participants.stop_loss_drawdown", { stopLossDrawdown: 0 }],
    ["TEN-AGENT-111: index.participants.stop_loss_pause", { stopLossPauseMs: -1 }],
    ["TEN-AGENT-112: index.participants.look_every", { lookEveryMs: Number.NaN }],
    ["TEN-AGENT-113: index.participants.profit_estimate", { profitEstimate: "spread" }],
  ])("%s", (start, change) => {
    expect(() => refuseParticipantConfiguration({ ...DEFAULT_PARTICIPANT, ...change }, "index.participants", 3_600_000)).toThrow(start);
  });
});
