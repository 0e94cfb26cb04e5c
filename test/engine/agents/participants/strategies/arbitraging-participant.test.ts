import { describe, expect, it } from "vitest";
import { inventoryRatio, MarketObservation } from "../../../../../engine/agents/participants/market-observation.js";
import type { OrderOutcome, ParticipantOrder } from "../../../../../engine/agents/participants/order.js";
import {
  DEFAULT_PARTICIPANT,
  PARTICIPANT_PRESETS,
  type ParticipantConfiguration,
} from "../../../../../engine/agents/participants/participant-configuration.js";
import { ParticipantMetrics } from "../../../../../engine/agents/participants/participant-metrics.js";
import { ArbitragingParticipant } from "../../../../../engine/agents/participants/strategies/arbitrage/arbitraging-participant.js";

const TOKEN = 1_000_000_000;
const never = () => 0.999;
const always = () => 0;

function seenAt(price: number, changes: Partial<MarketObservation> = {}): MarketObservation {
  return Object.assign(new MarketObservation(), {
    timeMs: 1_000,
    navTaoPerToken: 1,
    navStale: false,
    priceTaoPerToken: price,
    mintFee: 0.002,
    redeemFee: 0.002,
    taoRao: 10 * TOKEN,
    tokensRao: 0,
    ...changes,
  });
}

/** As the trading floor has it: its orders and what it owns are counted for it. */
function participant(changes: Partial<ParticipantConfiguration> = {}, random = never) {
  const metrics = new ParticipantMetrics();
  const agent = new ArbitragingParticipant({ ...DEFAULT_PARTICIPANT, ...changes }, random, metrics);
  return {
    metrics,
    decide(seen: MarketObservation) {
      metrics.seeInventory(inventoryRatio(seen));
      return agent.decide(seen);
    },
    settle(outcome: OrderOutcome) {
      metrics.settle(outcome);
      agent.settle(outcome);
    },
    isPaused: (timeMs: number) => agent.isPaused(timeMs),
  };
}

function done(order: ParticipantOrder, timeMs: number, changes: Partial<Extract<OrderOutcome, { done: true }>> = {}): OrderOutcome {
  return {
    done: true,
    order,
    timeMs,
    tokensRao: order.tokensRao,
    feeRao: 0,
    valueRao: order.tokensRao,
    taoChangeRao: 0,
    tokensChangeRao: 0,
    profitRao: 0,
    navTaoPerToken: 1,
    trade: null,
    ...changes,
  };
}

describe("arbitrage", () => {
  it("mints and sells at a premium, at no loss", () => {
    expect(participant().decide(seenAt(1.012, { navTaoPerToken: 1.01 }))).toBeNull();
    const order = participant({ basketCost: 0.001 }).decide(seenAt(1.05, { navTaoPerToken: 1.01 }));
    expect(order).toMatchObject({ side: "mint", reason: "arbitrage", sells: true, minimumReceivedRao: 8 * TOKEN, timeMs: 1_000 });
    expect(order?.tokensRao).toBe(Math.floor((8 * TOKEN) / (1.01 * 1.001)));
  });

  it("buys and redeems at a discount, at no loss", () => {
    const order = participant().decide(seenAt(0.98));
    expect(order).toMatchObject({ side: "redeem", reason: "arbitrage", tokensRao: 0, buysForRao: 8 * TOKEN });
    expect(order?.minimumReceivedRao).toBe(Math.ceil((8 * TOKEN) / 0.998));
  });

  it("by the original's rules redeems what is held, and does not know its costs", () => {
    const original = PARTICIPANT_PRESETS["tao20-original-arbitrage"];
    const redeem = participant(original).decide(seenAt(0.98, { tokensRao: 10 * TOKEN, taoRao: 0 }));
    expect(redeem).toMatchObject({ side: "redeem", tokensRao: 8 * TOKEN, buysForRao: 0 });
    const mint = participant(original).decide(seenAt(1.01));
    expect(mint).toMatchObject({ side: "mint", tokensRao: 8 * TOKEN, minimumReceivedRao: 0 });
  });

  it("waits where NAV is stale or missing", () => {
    expect(participant({}, always).decide(seenAt(1.2, { navStale: true }))).toBeNull();
    expect(participant({}, always).decide(seenAt(1.2, { navTaoPerToken: 0 }))).toBeNull();
  });
});

describe("neutral operations", () => {
  it("come with their chance where there is nothing to earn, of the smallest size", () => {
    expect(participant({}, () => 0.1).decide(seenAt(1))).toBeNull();
    expect(participant({}, () => 0.0999).decide(seenAt(1))).toMatchObject({
      side: "mint",
      reason: "neutral",
      tokensRao: 0.1 * TOKEN,
      sells: false,
    });
    expect(participant({}, always).decide(seenAt(1.02))).toMatchObject({ reason: "arbitrage" });
  });

  it("mint below half of the inventory limit and redeem above, and only with the means", () => {
    expect(participant({}, always).decide(seenAt(1, { tokensRao: 3 * TOKEN }))).toMatchObject({ side: "mint" });
    expect(participant({}, always).decide(seenAt(1, { tokensRao: 4 * TOKEN }))).toMatchObject({ side: "redeem", tokensRao: 0.1 * TOKEN });
    expect(participant({}, always).decide(seenAt(1, { taoRao: 0.109 * TOKEN }))).toBeNull();
    expect(participant({}, always).decide(seenAt(1, { taoRao: 0.11 * TOKEN }))).not.toBeNull();
    expect(participant({}, always).decide(seenAt(1, { taoRao: 0.05 * TOKEN, tokensRao: 0.05 * TOKEN }))).toBeNull();
    expect(participant({}, always).decide(seenAt(1, { taoRao: 0 }))).toBeNull();
  });
});

describe("inventory", () => {
  it("above the limit is redeemed down to it", () => {
    const order = participant().decide(seenAt(2, { navTaoPerToken: 2, priceTaoPerToken: 2, tokensRao: 8 * TOKEN }));
    // Worth 26 TAO, of which 13, or 6.5 tokens, may be kept.
    expect(order).toMatchObject({ side: "redeem", reason: "inventory", tokensRao: 1.5 * TOKEN, buysForRao: 0 });
    expect(participant().decide(seenAt(1, { tokensRao: 10 * TOKEN }))).toBeNull();
  });

  it("a little above it is left alone", () => {
    expect(participant().decide(seenAt(1, { tokensRao: 10.19 * TOKEN }))).toBeNull();
    expect(participant().decide(seenAt(1, { tokensRao: 10.2 * TOKEN + 2 }))).toMatchObject({ reason: "inventory" });
  });

  it("is measured at every sample", () => {
    const agent = participant();
    agent.decide(seenAt(1));
    agent.decide(seenAt(1, { tokensRao: 10 * TOKEN }));
    expect([agent.metrics.inventoryRatio, agent.metrics.meanInventoryRatio]).toEqual([0.5, 0.25]);
    agent.decide(seenAt(1, { taoRao: 0 }));
    expect(agent.metrics.inventoryRatio).toBe(0);
  });
});

describe("the stop-loss", () => {
  const stops = { stopLossDrawdown: 0.2, stopLossPauseMs: 10_000, maxInventoryRatio: 1 };

  it("redeems all that is held and pauses when its worth falls too far from the highest", () => {
    const agent = participant(stops);
    const holding = { tokensRao: 30 * TOKEN };
    const at = (timeMs: number, nav: number, price = nav, more: Partial<MarketObservation> = {}) =>
      agent.decide(seenAt(price, { timeMs, navTaoPerToken: nav, ...holding, ...more }));
    expect(at(0, 1)).toBeNull();
    expect(at(1_000, 2)).toBeNull();
    // 70 TAO at the highest; 56 are 20 % less.
    expect(at(2_000, 1.54)).toBeNull();
    expect(at(3_000, 1.53)).toMatchObject({ side: "redeem", reason: "stop_loss", tokensRao: 30 * TOKEN });
    expect(agent.isPaused(3_000)).toBe(true);
    // Still there, and still for sale, whatever there would be to earn.
    expect(at(4_000, 1.53, 3)).toMatchObject({ reason: "stop_loss" });
    expect(at(5_000, 1.53, 3, { tokensRao: 0 })).toBeNull();
    expect(at(13_000, 1.53, 3, { tokensRao: 0 })).toMatchObject({ reason: "arbitrage" });
    expect(agent.metrics.stopLosses).toBe(1);
  });

  it("is off unless it is asked for, and redeems nothing at a stale NAV", () => {
    const agent = participant();
    agent.decide(seenAt(1));
    expect(agent.decide(seenAt(1, { taoRao: TOKEN }))).toBeNull();
    expect(agent.isPaused(1_000)).toBe(false);
    const stopped = participant(stops);
    stopped.decide(seenAt(1, { tokensRao: 30 * TOKEN }));
    expect(stopped.decide(seenAt(0.1, { navTaoPerToken: 0.1, tokensRao: 30 * TOKEN, navStale: true }))).toBeNull();
    expect(stopped.isPaused(1_000)).toBe(true);
  });
});

describe("metrics", () => {
  it("count orders, volume, profit and success", () => {
    const agent = participant();
    const mint = agent.decide(seenAt(1.05)) as ParticipantOrder;
    agent.settle(done(mint, 1_000, { valueRao: 8 * TOKEN, profitRao: 0.3 * TOKEN }));
    const redeem = agent.decide(seenAt(0.95)) as ParticipantOrder;
    agent.settle(done(redeem, 1_000, { valueRao: 7 * TOKEN, profitRao: -0.1 * TOKEN }));
    agent.settle({ done: false, order: redeem, timeMs: 1_000, cause: "slippage" });
    const { metrics } = agent;
    expect([metrics.mintedValueRao.toBigInt(), metrics.redeemedValueRao.toBigInt()]).toEqual([8n * BigInt(TOKEN), 7n * BigInt(TOKEN)]);
    expect(metrics.profitTao).toBeCloseTo(0.2, 12);
    expect(metrics.arbitrageProfitTao).toBeCloseTo(0.2, 12);
    expect([metrics.attempts, metrics.orders.arbitrage, metrics.done.arbitrage]).toEqual([3, 3, 2]);
    expect(metrics.successRate).toBeCloseTo(2 / 3, 12);
  });

  it("are 0, not NaN, where nothing happened", () => {
    const { metrics } = participant();
    expect([metrics.successRate, metrics.meanInventoryRatio, metrics.meanResponseMs]).toEqual([0, 0, 0]);
  });

  it("take the response time from the first sample of an opportunity to the first arbitrage in it", () => {
    const agent = participant({ lookEveryMs: 250 });
    const at = (timeMs: number, price: number) => agent.decide(seenAt(price, { timeMs }));
    expect(at(0, 1)).toBeNull();
    expect(at(120, 1.05)).toBeNull();
    expect(at(240, 1.05)).toBeNull();
    const first = at(360, 1.05) as ParticipantOrder;
    agent.settle(done(first, 360));
    const second = at(720, 1.05) as ParticipantOrder;
    agent.settle(done(second, 720));
    expect([agent.metrics.opportunities, agent.metrics.answered, agent.metrics.meanResponseMs]).toEqual([1, 1, 240]);
    at(840, 1);
    const third = at(1_000, 0.9) as ParticipantOrder;
    agent.settle({ done: false, order: third, timeMs: 1_000, cause: "funds_short" });
    expect([agent.metrics.opportunities, agent.metrics.answered]).toEqual([2, 1]);
    const fourth = at(1_600, 0.9) as ParticipantOrder;
    agent.settle(done(fourth, 1_600));
    expect([agent.metrics.answered, agent.metrics.meanResponseMs, agent.metrics.longestResponseMs]).toEqual([2, 420, 600]);
  });
});
