import { describe, expect, it } from "vitest";
import type { MintOrder, RedeemOrder } from "../../../../engine/agents/participants/order.js";
import { executeOrder, type Venue } from "../../../../engine/agents/participants/order-execution.js";
import { ToldPriceMarket } from "../../../../engine/market/told-price-market.js";
import {
  auditMarket,
  BURN,
  balancesOf,
  FUND_TREASURY,
  INDEX_TOKEN,
  OUTSIDE_MARKET,
  START_MS,
  smallMarket,
  TAO,
  TOKEN,
} from "../../market/small-market.js";

const COSTS = { transactionCostRao: 10_000_000, basketCost: 0.01 };
const MINT: MintOrder = {
  side: "mint",
  reason: "arbitrage",
  timeMs: START_MS,
  tokensRao: 2 * TOKEN,
  sells: true,
  minimumReceivedRao: 0,
  expectedProfitTao: 0,
};
const REDEEM: RedeemOrder = {
  side: "redeem",
  reason: "arbitrage",
  timeMs: START_MS,
  tokensRao: 0,
  buysForRao: 2 * TOKEN,
  minimumReceivedRao: 0,
  expectedProfitTao: 0,
};

function setUp(taoRao = 20 * TOKEN) {
  const market = smallMarket();
  const { accounts, prices, fund, pool } = market;
  const ann = accounts.open("ann");
  accounts.transfer(TAO, OUTSIDE_MARKET, ann, taoRao);
  const venue: Venue = { accounts, prices, fund, market: pool };
  return { ...market, ann, venue };
}

describe("a mint order", () => {
  it("buys the basket at the price plus cost, mints, and sells what is left after the fee", () => {
    const { accounts, fund, pool, ann, venue } = setUp();
    const sold = pool.quote("sell", 2 * TOKEN - 4_000_000);
    const outcome = executeOrder(venue, ann, MINT, COSTS, START_MS);
    if (!outcome.done) throw new Error(outcome.cause);
    const spentRao = 20 * TOKEN + sold - COSTS.transactionCostRao - accounts.balanceRao(TAO, ann);
    // A basket of 2 TAO and 1 % of it; three parts, each rounded up twice.
    expect(spentRao).toBeGreaterThanOrEqual(2.02 * TOKEN - 10);
    expect(spentRao).toBeLessThanOrEqual(2.02 * TOKEN + 10);
    expect(outcome).toMatchObject({
      tokensRao: 2 * TOKEN,
      feeRao: 4_000_000,
      tokensChangeRao: 0,
      trade: { side: "sell", receivedRao: sold },
    });
    expect(outcome.taoChangeRao).toBe(accounts.balanceRao(TAO, ann) - 20 * TOKEN);
    expect(outcome.profitRao).toBe(outcome.taoChangeRao);
    expect(accounts.balanceRao(TAO, BURN)).toBe(COSTS.transactionCostRao);
    expect(accounts.balanceRao(INDEX_TOKEN, FUND_TREASURY)).toBe(4_000_000);
    for (const netuid of fund.netuids) expect(accounts.balanceRao(accounts.alpha(netuid), ann)).toBe(0);
    auditMarket(accounts, fund);
  });

  it("keeps the tokens where it is told to, and counts them at NAV", () => {
    const { accounts, ann, venue } = setUp();
    const outcome = executeOrder(venue, ann, { ...MINT, sells: false, reason: "neutral" }, COSTS, START_MS);
    expect(accounts.balanceRao(INDEX_TOKEN, ann)).toBe(2 * TOKEN - 4_000_000);
    if (!outcome.done) throw new Error(outcome.cause);
    // 0.02 for the basket, 0.01 for the transaction, 0.004 for the fund.
    expect(outcome.profitRao / TOKEN).toBeCloseTo(-0.034, 6);
    expect(outcome.trade).toBeNull();
  });
});

describe("a redeem order", () => {
  it("buys tokens, redeems all of them and sells the basket at the price less cost", () => {
    const { accounts, fund, pool, ann, venue } = setUp();
    const bought = pool.quote("buy", 2 * TOKEN);
    const feeRao = Math.ceil(bought * 0.002);
    const outcome = executeOrder(venue, ann, REDEEM, COSTS, START_MS);
    if (!outcome.done) throw new Error(outcome.cause);
    expect(outcome).toMatchObject({ tokensRao: bought, feeRao, tokensChangeRao: 0, trade: { side: "buy", paidRao: 2 * TOKEN } });
    const proceeds = outcome.taoChangeRao + 2 * TOKEN + COSTS.transactionCostRao;
    expect(proceeds / ((bought - feeRao) * 0.99)).toBeCloseTo(1, 7);
    expect(proceeds).toBeLessThanOrEqual((bought - feeRao) * 0.99 + 1);
    for (const netuid of fund.netuids) expect(accounts.balanceRao(accounts.alpha(netuid), ann)).toBe(0);
    auditMarket(accounts, fund);
  });

  it("takes held tokens where none are to be bought", () => {
    const { accounts, founder, ann, venue } = setUp();
    accounts.transfer(INDEX_TOKEN, founder, ann, 3 * TOKEN);
    const outcome = executeOrder(venue, ann, { ...REDEEM, buysForRao: 0, tokensRao: TOKEN }, COSTS, START_MS);
    expect(outcome).toMatchObject({ done: true, tokensRao: TOKEN, tokensChangeRao: -TOKEN, trade: null });
    expect(accounts.balanceRao(INDEX_TOKEN, ann)).toBe(2 * TOKEN);
  });
});

describe("an order that cannot be carried out", () => {
  it.each<[string, MintOrder | RedeemOrder, number, number]>([
    ["stale_price", MINT, START_MS + 300_001, 20],
    ["stale_price", REDEEM, START_MS + 300_001, 20],
    ["funds_short", MINT, START_MS, 2.02],
    ["funds_short", REDEEM, START_MS, 2],
    ["slippage", { ...MINT, minimumReceivedRao: 3 * TOKEN }, START_MS, 20],
    ["slippage", { ...REDEEM, minimumReceivedRao: 3 * TOKEN }, START_MS, 20],
    ["too_small", { ...MINT, tokensRao: 1 }, START_MS, 20],
    ["too_small", { ...REDEEM, buysForRao: 1 }, START_MS, 20],
    ["too_large", { ...MINT, tokensRao: Number.MAX_SAFE_INTEGER }, START_MS, 20],
    ["tokens_short", { ...REDEEM, buysForRao: 0, tokensRao: TOKEN }, START_MS, 20],
  ])("%s: changes nothing", (cause, order, timeMs, tao) => {
    const { accounts, ann, venue } = setUp(tao * TOKEN);
    const before = balancesOf(accounts);
    expect(executeOrder(venue, ann, order, COSTS, timeMs)).toEqual({ done: false, order, timeMs, cause });
    expect(balancesOf(accounts)).toEqual(before);
  });

  it("names a market without a price", () => {
    const { accounts, ann, venue } = setUp();
    const priceless = { ...venue, market: new ToldPriceMarket(accounts, INDEX_TOKEN) };
    expect(executeOrder(priceless, ann, MINT, COSTS, START_MS)).toMatchObject({ done: false, cause: "no_price" });
    expect(executeOrder(priceless, ann, REDEEM, COSTS, START_MS)).toMatchObject({ done: false, cause: "no_price" });
  });
});

describe("a recorded market", () => {
  it("takes what is minted at the recorded price", () => {
    const { accounts, fund, ann, venue } = setUp();
    const market = new ToldPriceMarket(accounts, INDEX_TOKEN);
    market.take(1.1);
    const outcome = executeOrder({ ...venue, market }, ann, MINT, { transactionCostRao: 0, basketCost: 0 }, START_MS);
    if (!outcome.done) throw new Error(outcome.cause);
    expect(outcome.profitRao / TOKEN).toBeCloseTo(2 * 0.998 * 1.1 - 2, 6);
    auditMarket(accounts, fund);
  });
});
