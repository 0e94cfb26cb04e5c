import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MarketObservation } from "../../../../../engine/agents/participants/market-observation.js";
import { DEFAULT_PARTICIPANT, type ParticipantConfiguration } from "../../../../../engine/agents/participants/participant-configuration.js";
import { ParticipantMetrics } from "../../../../../engine/agents/participants/participant-metrics.js";
import { ArbitragingParticipant } from "../../../../../engine/agents/participants/strategies/arbitrage/arbitraging-participant.js";
import { findOpportunity, passesThreshold } from "../../../../../engine/agents/participants/strategies/arbitrage/opportunity.js";

const TOKEN = 1_000_000_000;

function seenAt(changes: Partial<MarketObservation>): MarketObservation {
  return Object.assign(
    new MarketObservation(),
    { navTaoPerToken: 1, navStale: false, priceTaoPerToken: 1, taoRao: 0, tokensRao: 0 },
    changes,
  );
}

const bySpread: ParticipantConfiguration = {
  ...DEFAULT_PARTICIPANT,
  minSpreadThreshold: 0,
  profitEstimate: "spread",
  discountRoute: "redeem_inventory",
};

describe("a spread at the threshold", () => {
  it("is at it, not below it for a last bit: 1.005 is 0.005 over 1", () => {
    expect((1.005 - 1) / 1).toBeLessThan(0.005);
    const at = (atThreshold: "act" | "wait") =>
      passesThreshold({ ...DEFAULT_PARTICIPANT, atThreshold }, seenAt({ priceTaoPerToken: 1.005 }));
    expect(at("act")).toBe(true);
    expect(at("wait")).toBe(false);
    // Here the doubles come out above it.
    expect((1.1 - 1) / 1).toBeGreaterThan(0.1);
    expect(passesThreshold({ ...DEFAULT_PARTICIPANT, minSpreadThreshold: 0.1 }, seenAt({ priceTaoPerToken: 1.1 }))).toBe(false);
  });

  it("agrees with whole numbers, in either unit", () => {
    const price = fc.integer({ min: 1, max: 30_000 });
    const steps = fc.constantFrom(-1, 0, 1);
    fc.assert(
      fc.property(price, fc.integer({ min: 0, max: 200 }), steps, fc.boolean(), fc.boolean(), (nav, threshold, step, above, percent) => {
        // NAV in 1e-4 TAO, the threshold in 1e-3: a price at NAV * (1 +- threshold), a step of 1e-7 TAO aside.
        const price = BigInt(nav) * BigInt(above ? 1_000 + threshold : 1_000 - threshold) + BigInt(step);
        const difference = price - BigInt(nav) * 1_000n;
        const side = (difference < 0n ? -difference : difference) - BigInt(nav) * BigInt(threshold);
        const seen = seenAt({ navTaoPerToken: Number(`${nav}e-4`), priceTaoPerToken: Number(`${price}e-7`) });
        const minSpreadThreshold = Number(`${threshold}e-${percent ? 1 : 3}`);
        const configuration: ParticipantConfiguration = {
          ...DEFAULT_PARTICIPANT,
          minSpreadThreshold,
          spreadUnit: percent ? "percent" : "fraction",
        };
        expect(passesThreshold({ ...configuration, atThreshold: "wait" }, seen)).toBe(side > 0n);
        expect(passesThreshold({ ...configuration, atThreshold: "act" }, seen)).toBe(side >= 0n);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("a profit at its multiple of the cost", () => {
  it("is not over it: 2 % of one TAO is not over twice 0.01 TAO", () => {
    const seen = seenAt({ priceTaoPerToken: 1.02, taoRao: TOKEN });
    const configuration = { ...bySpread, balanceShare: 1, minTransactionSizeRao: 0 };
    expect(((1.02 - 1) / 1) * TOKEN).toBeGreaterThan(2 * 10_000_000);
    expect(findOpportunity({ ...configuration, transactionCostRao: 10_000_000 }, seen)).toBeNull();
    expect(findOpportunity({ ...configuration, transactionCostRao: 9_999_999 }, seen)).not.toBeNull();
  });

  it("agrees with whole numbers under both estimates", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(-1n, 0n, 1n),
        fc.boolean(),
        (premium, size, multiple, rao, executed) => {
          // Premium in 1e-4, the multiple in tenths: at NAV 1 and without fees either estimate is premium * size.
          const profit = BigInt(premium) * BigInt(size) * BigInt(multiple) * 10_000n;
          const sizeRao = BigInt(size) * BigInt(multiple) * 100_000_000n;
          const costRao = (profit * 10n) / BigInt(multiple) + rao;
          const seen = seenAt({ priceTaoPerToken: Number(`${10_000 + premium}e-4`), taoRao: Number(sizeRao) });
          const configuration: ParticipantConfiguration = {
            ...bySpread,
            profitEstimate: executed ? "executed" : "spread",
            balanceShare: 1,
            minTransactionSizeRao: 0,
            maxTransactionSizeRao: Number.MAX_SAFE_INTEGER,
            profitOverCost: Number(`${multiple}e-1`),
            transactionCostRao: Number(costRao),
          };
          const over = profit * 10n > BigInt(multiple) * costRao;
          expect(findOpportunity(configuration, seen) !== null).toBe(over);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe("the share of a balance", () => {
  it("that is exactly the smallest transaction is large enough", () => {
    // 0.29 * 100 is 28.999999999999996 in doubles.
    const seen = seenAt({ priceTaoPerToken: 1.5, taoRao: 100 });
    const configuration = { ...bySpread, balanceShare: 0.29, transactionCostRao: 0 };
    expect(findOpportunity({ ...configuration, minTransactionSizeRao: 29 }, seen)).not.toBeNull();
    expect(findOpportunity({ ...configuration, minTransactionSizeRao: 30 }, seen)).toBeNull();
  });
});

describe("what a participant owns", () => {
  const quiet: ParticipantConfiguration = {
    ...DEFAULT_PARTICIPANT,
    minSpreadThreshold: 1,
    neutralProbability: 0,
    minTransactionSizeRao: 0,
  };

  it("is redeemed above the inventory limit, not at it, as whole numbers decide", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(0, 1_000),
        (hundredths, unit, more) => {
          const tokensRao = hundredths * unit * 10_000 + more;
          const taoRao = (100 - hundredths) * unit * 10_000;
          const agent = new ArbitragingParticipant(
            { ...quiet, maxInventoryRatio: Number(`${hundredths}e-2`) },
            () => 0.5,
            new ParticipantMetrics(),
          );
          const order = agent.decide(seenAt({ tokensRao, taoRao }));
          const above = BigInt(tokensRao) * 100n > BigInt(hundredths) * BigInt(tokensRao + taoRao);
          expect(order?.reason ?? null).toBe(above ? "inventory" : null);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("may fall by exactly the stop-loss drawdown", () => {
    const paused = (drawdown: number, leftRao: number) => {
      const agent = new ArbitragingParticipant(
        { ...quiet, maxInventoryRatio: 1, stopLossDrawdown: drawdown },
        () => 0.5,
        new ParticipantMetrics(),
      );
      agent.decide(seenAt({ timeMs: 1, taoRao: 10 * TOKEN }));
      agent.decide(seenAt({ timeMs: 2, taoRao: leftRao }));
      return agent.isPaused(2);
    };
    for (let hundredths = 1; hundredths < 100; hundredths++) {
      const drawdown = Number(`${hundredths}e-2`);
      const leftRao = (100 - hundredths) * 100_000_000;
      expect(paused(drawdown, leftRao)).toBe(false);
      expect(paused(drawdown, leftRao - 1)).toBe(true);
    }
  });
});
