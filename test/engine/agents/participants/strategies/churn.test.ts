import { describe, expect, it } from "vitest";
import { PARTICIPANT_STRATEGIES } from "../../../../../engine/agents/participants/index.js";
import { MarketObservation } from "../../../../../engine/agents/participants/market-observation.js";
import type { OrderOutcome, ParticipantOrder } from "../../../../../engine/agents/participants/order.js";
import { DEFAULT_PARTICIPANT } from "../../../../../engine/agents/participants/participant-configuration.js";
import { ParticipantMetrics } from "../../../../../engine/agents/participants/participant-metrics.js";
import { MAX_RAO } from "../../../../../engine/kernel/money.js";

const TOKEN = 1_000_000_000;

function seenAt(changes: Partial<MarketObservation>): MarketObservation {
  return Object.assign(new MarketObservation(), { navTaoPerToken: 2, navStale: false, priceTaoPerToken: 9, taoRao: 100 * TOKEN }, changes);
}

function churner(changes: { readonly minTransactionSizeRao?: number; readonly lookEveryMs?: number } = {}) {
  const costs = { transactionCostRao: 0, basketCost: 0 };
  const random = () => {
    throw new Error("nothing is drawn");
  };
  return PARTICIPANT_STRATEGIES.churn.bind({ ...DEFAULT_PARTICIPANT, ...changes } as never, {
    costs,
    random,
    metrics: new ParticipantMetrics(),
  });
}

describe("who trades for volume alone", () => {
  it("mints the smallest transaction and redeems what came of it, whatever the price is", () => {
    const agent = churner({ minTransactionSizeRao: 3 * TOKEN });
    const next = (tokensRao: number, done = true) => {
      const order = agent.decide(seenAt({ tokensRao })) as ParticipantOrder;
      agent.settle?.((done ? { done, order } : { done, order, cause: "slippage" }) as OrderOutcome);
      return [order.side, order.tokensRao];
    };
    expect(next(0, false)).toEqual(["mint", 1.5 * TOKEN]);
    expect(next(0)).toEqual(["mint", 1.5 * TOKEN]);
    expect(next(1.497 * TOKEN)).toEqual(["redeem", 1.497 * TOKEN]);
    expect(next(50 * TOKEN)).toEqual(["mint", 1.5 * TOKEN]);
    expect(next(51.497 * TOKEN, false)).toEqual(["redeem", 1.5 * TOKEN]);
    expect(next(51.497 * TOKEN)).toEqual(["mint", 1.5 * TOKEN]);
    expect(churner({ minTransactionSizeRao: 3 }).decide(seenAt({}))).toMatchObject({
      side: "mint",
      tokensRao: 2,
      reason: "neutral",
      sells: false,
    });
  });

  it("waits between two looks, and while NAV is stale or missing", () => {
    const agent = churner({ lookEveryMs: 1_000 });
    const acts = (changes: Partial<MarketObservation>) => agent.decide(seenAt(changes)) !== null;
    expect([0, 999, 1_000, 1_001].map((timeMs) => acts({ timeMs }))).toEqual([true, false, true, false]);
    expect(acts({ timeMs: 5_000, navStale: true })).toBe(false);
    expect(acts({ timeMs: 7_000, navTaoPerToken: 0 })).toBe(false);
  });

  it("does nothing with a transaction of nothing, and asks for no more tokens than can be counted", () => {
    expect(churner({ minTransactionSizeRao: 0 }).decide(seenAt({}))).toBeNull();
    const large = churner({ minTransactionSizeRao: MAX_RAO }).decide(seenAt({ navTaoPerToken: 1e-6 }));
    expect(large?.tokensRao).toBe(MAX_RAO);
  });
});
