import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Accounts } from "../../../engine/books/accounts.js";
import { IndexFund } from "../../../engine/market/index-fund.js";
import { DEFAULT_INDEX_FUND } from "../../../engine/market/market-configuration.js";
import { PriceBook } from "../../../engine/market/price-book.js";
import {
  auditMarket,
  balancesOf,
  DAY,
  FUND,
  FUND_TREASURY,
  giveBasket,
  INDEX_TOKEN,
  ISSUANCE,
  OUTSIDE_MARKET,
  START_MS,
  smallMarket,
  TAO,
  TOKEN,
} from "./small-market.js";

const NETUIDS = [4, 51, 64];

describe("founding", () => {
  it("buys the weights at the latest prices; what is left is cash", () => {
    const { fund, accounts } = smallMarket();
    expect([...fund.netuids]).toEqual(NETUIDS);
    expect(NETUIDS.map((netuid) => fund.unitsRao(netuid))).toEqual([
      Math.floor(300e9 / 0.03),
      Math.floor(200e9 / 0.07),
      Math.floor(500e9 / 0.11),
    ]);
    expect(fund.cashRao).toBeLessThanOrEqual(3);
    expect(fund.navTaoPerToken()).toBeCloseTo(1, 11);
    auditMarket(accounts, fund);
  });

  it("is refused without fresh prices, for nothing, and for more than can be counted", () => {
    const accounts = new Accounts();
    const prices = new PriceBook();
    const fund = new IndexFund(DEFAULT_INDEX_FUND, accounts, prices);
    const holder = accounts.open("founder");
    const weights = [
      { netuid: 1, weight: 0.5 },
      { netuid: 2, weight: 0.5 },
    ];
    const found = (supplyRao: number, timeMs: number) => fund.found({ holder, supplyRao, weights, timeMs, day: DAY });
    expect(fund.navTaoPerToken()).toBe(0);
    expect(fund.isStale(START_MS)).toBe(true);
    prices.take(1, 1, START_MS);
    expect(found(TOKEN, START_MS)).toMatchObject({ done: false, cause: "stale_price", netuid: 2 });
    prices.take(2, 1e-12, START_MS);
    expect(found(TOKEN, START_MS + 300_001)).toMatchObject({ done: false, cause: "stale_price", netuid: 1 });
    expect(found(0, START_MS)).toMatchObject({ done: false, cause: "too_small" });
    expect(found(TOKEN, START_MS)).toMatchObject({ done: false, cause: "too_large", netuid: 2 });
    expect(fund.mint(holder, TOKEN, START_MS)).toMatchObject({ done: false, cause: "not_founded" });
    expect(fund.redeem(holder, TOKEN, START_MS)).toMatchObject({ done: false, cause: "not_founded" });
    expect(fund.rebalance(weights, START_MS)).toMatchObject({ done: false, cause: "not_founded" });
    expect(fund.accrueManagementFee(DAY + 9)).toBe(0);
    prices.take(2, 1, START_MS);
    expect(found(TOKEN, START_MS)).toMatchObject({ done: true, navTaoPerToken: 1, cashRao: 0 });
    expect(() => found(TOKEN, START_MS)).toThrow("founded already");
  });
});

describe("NAV", () => {
  it("follows every price, and is what is held over the supply", () => {
    const { fund, prices } = smallMarket();
    prices.take(64, 0.22, START_MS + 120_000);
    const value = fund.cashRao + fund.unitsRao(4) * 0.03 + fund.unitsRao(51) * 0.07 + fund.unitsRao(64) * 0.22;
    expect(fund.navTaoPerToken()).toBeCloseTo(value / 1e12, 14);
    expect(fund.navTaoPerToken()).toBeCloseTo(1.5, 9);
    prices.take(99, 5, START_MS + 120_000);
    expect(fund.navTaoPerToken()).toBeCloseTo(1.5, 9);
  });

  it("is as fresh as the oldest price it rests on", () => {
    const { fund, prices } = smallMarket();
    for (const netuid of [51, 64, 99]) prices.take(netuid, 0.1, START_MS + 240_000);
    expect(fund.navPriceMs()).toBe(START_MS);
    expect(fund.isStale(START_MS + 300_000)).toBe(false);
    expect(fund.isStale(START_MS + 300_001)).toBe(true);
    prices.take(4, 0.03, START_MS + 300_001);
    expect(fund.isStale(START_MS + 540_000)).toBe(false);
  });
});

describe("minting", () => {
  it("takes the basket rounded up and gives the tokens less the fee, which is exact", () => {
    const market = smallMarket();
    const { fund, accounts } = market;
    const ann = accounts.open("ann");
    const tokensRao = 3 * TOKEN + 1;
    const unitsBefore = NETUIDS.map((netuid) => fund.unitsRao(netuid));
    giveBasket(market, ann, tokensRao);
    const minted = fund.mint(ann, tokensRao, START_MS);
    expect(minted).toMatchObject({ done: true, tokensRao, feeRao: 6_000_001, netTokensRao: tokensRao - 6_000_001 });
    expect(accounts.balanceRao(INDEX_TOKEN, ann)).toBe(tokensRao - 6_000_001);
    expect(accounts.balanceRao(INDEX_TOKEN, FUND_TREASURY)).toBe(6_000_001);
    expect(fund.supplyRao).toBe(1_000 * TOKEN + tokensRao);
    NETUIDS.forEach((netuid, i) => {
      const exact = BigInt(unitsBefore[i]) * BigInt(tokensRao);
      const supply = 1_000n * BigInt(TOKEN);
      expect(BigInt(fund.unitsRao(netuid) - unitsBefore[i])).toBe((exact + supply - 1n) / supply);
      expect(accounts.balanceRao(accounts.alpha(netuid), ann)).toBe(0);
    });
    auditMarket(accounts, fund);
  });

  it.each([0, 1, 2])("refuses a basket short by one rao (part %i), and moves nothing", (part) => {
    const market = smallMarket();
    const { fund, accounts } = market;
    const ann = accounts.open("ann");
    giveBasket(market, ann, 5 * TOKEN);
    const netuid = NETUIDS[part];
    accounts.transfer(accounts.alpha(netuid), ann, OUTSIDE_MARKET, 1);
    const before = balancesOf(accounts);
    const refused = fund.mint(ann, 5 * TOKEN, START_MS);
    expect(refused).toMatchObject({ done: false, cause: "basket_short", netuid });
    if (!refused.done) expect(refused.neededRao - refused.heldRao).toBe(1);
    expect(balancesOf(accounts)).toEqual(before);
  });

  it("is refused at a stale NAV, naming the subnet, and for what the fee eats up", () => {
    const market = smallMarket();
    const { fund, accounts, prices } = market;
    const ann = accounts.open("ann");
    giveBasket(market, ann, 5 * TOKEN);
    prices.take(4, 0.03, START_MS + 200_000);
    prices.take(64, 0.11, START_MS + 200_000);
    expect(fund.mint(ann, TOKEN, START_MS + 300_001)).toMatchObject({ done: false, cause: "stale_price", netuid: 51 });
    expect(fund.mint(ann, TOKEN, START_MS + 300_000)).toMatchObject({ done: true });
    expect(fund.mint(ann, 1, START_MS)).toMatchObject({ done: false, cause: "too_small" });
    expect(fund.mint(ann, 0, START_MS)).toMatchObject({ done: false, cause: "too_small" });
    expect(fund.mint(ann, Number.MAX_SAFE_INTEGER, START_MS)).toMatchObject({ done: false, cause: "too_large" });
    expect(() => fund.mint(ann, 0.5, START_MS)).toThrow("TEN-BUG");
  });
});

describe("redeeming", () => {
  it("gives the basket rounded down for the tokens less the fee, which stay with the treasury", () => {
    const { fund, accounts, founder } = smallMarket();
    const tokensRao = 7 * TOKEN + 3;
    const feeRao = Math.ceil(tokensRao * 0.002);
    const unitsBefore = NETUIDS.map((netuid) => fund.unitsRao(netuid));
    const redeemed = fund.redeem(founder, tokensRao, START_MS);
    expect(redeemed).toMatchObject({ done: true, tokensRao, feeRao, netTokensRao: tokensRao - feeRao });
    expect(fund.supplyRao).toBe(1_000 * TOKEN - tokensRao + feeRao);
    expect(accounts.balanceRao(INDEX_TOKEN, FUND_TREASURY)).toBe(feeRao);
    NETUIDS.forEach((netuid, i) => {
      const exact = (BigInt(unitsBefore[i]) * BigInt(tokensRao - feeRao)) / (1_000n * BigInt(TOKEN));
      expect(BigInt(accounts.balanceRao(accounts.alpha(netuid), founder))).toBe(exact);
    });
    auditMarket(accounts, fund);
  });

  it("is refused for more than is held, at a stale NAV, for nothing, and for the last tokens", () => {
    const { fund, accounts, founder } = smallMarket({ redeemFee: 0 });
    const ann = accounts.open("ann");
    const before = balancesOf(accounts);
    expect(fund.redeem(ann, TOKEN, START_MS)).toMatchObject({ done: false, cause: "tokens_short", neededRao: TOKEN, heldRao: 0 });
    expect(fund.redeem(founder, TOKEN, START_MS + 300_001)).toMatchObject({ done: false, cause: "stale_price" });
    expect(fund.redeem(founder, 0, START_MS)).toMatchObject({ done: false, cause: "too_small" });
    expect(fund.redeem(founder, 1_000 * TOKEN, START_MS)).toMatchObject({ done: false, cause: "last_tokens" });
    expect(balancesOf(accounts)).toEqual(before);
    expect(fund.redeem(founder, 600 * TOKEN, START_MS)).toMatchObject({ done: true });
  });

  it("after minting gives back no more than went in, and lowers for nobody what a token stands for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 5_000 * TOKEN }), fc.boolean(), (tokensRao, isFree) => {
        const market = smallMarket(isFree ? { mintFee: 0, redeemFee: 0 } : {});
        const { fund, accounts } = market;
        const ann = accounts.open("ann");
        giveBasket(market, ann, tokensRao);
        const paid = NETUIDS.map((netuid) => accounts.balanceRao(accounts.alpha(netuid), ann));
        const backing = () => NETUIDS.map((netuid) => [BigInt(fund.unitsRao(netuid)), BigInt(fund.supplyRao)]);
        const before = backing();
        const minted = fund.mint(ann, tokensRao, START_MS);
        if (!minted.done) throw new Error(minted.cause);
        const between = backing();
        const redeemed = fund.redeem(ann, minted.netTokensRao, START_MS);
        if (!redeemed.done) throw new Error(redeemed.cause);
        const after = backing();
        NETUIDS.forEach((netuid, i) => {
          expect(between[i][0] * before[i][1]).toBeGreaterThanOrEqual(before[i][0] * between[i][1]);
          expect(after[i][0] * between[i][1]).toBeGreaterThanOrEqual(between[i][0] * after[i][1]);
          expect(accounts.balanceRao(accounts.alpha(netuid), ann)).toBeLessThanOrEqual(paid[i]);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("the management fee", () => {
  it("mints a 365th of a hundredth of the supply a day, once a day, rounded down", () => {
    const { fund, accounts } = smallMarket();
    expect(fund.accrueManagementFee(DAY)).toBe(0);
    const first = Math.floor((1_000 * TOKEN * 0.01) / 365);
    expect(fund.accrueManagementFee(DAY + 1)).toBe(first);
    expect(fund.accrueManagementFee(DAY + 1)).toBe(0);
    const second = Math.floor(((1_000 * TOKEN + first) * 0.01) / 365);
    const third = Math.floor(((1_000 * TOKEN + first + second) * 0.01) / 365);
    expect(fund.accrueManagementFee(DAY + 3)).toBe(second + third);
    expect(accounts.balanceRao(INDEX_TOKEN, FUND_TREASURY)).toBe(first + second + third);
    expect(accounts.balanceRao(INDEX_TOKEN, ISSUANCE)).toBe(-fund.supplyRao);
    const year = smallMarket();
    year.fund.accrueManagementFee(DAY + 365);
    expect(year.fund.navTaoPerToken()).toBeCloseTo(Math.exp(-0.01), 6);
    auditMarket(accounts, fund);
  });
});

describe("rebalancing", () => {
  const weights = [
    { netuid: 7, weight: 0.25 },
    { netuid: 64, weight: 0.75 },
  ];

  it("trades to the new weights at the latest prices, keeps NAV, and holds what is left as cash", () => {
    const { fund, accounts, prices } = smallMarket();
    prices.take(7, 0.013, START_MS);
    prices.take(64, 0.2, START_MS);
    const before = fund.navTaoPerToken();
    const result = fund.rebalance(weights, START_MS);
    if (!result.done) throw new Error(result.cause);
    expect(result.trades.map(({ netuid, alphaRao }) => [netuid, Math.sign(alphaRao)])).toEqual([
      [4, -1],
      [51, -1],
      [7, 1],
      [64, 1],
    ]);
    expect([...fund.netuids]).toEqual([7, 64]);
    expect([fund.unitsRao(4), fund.unitsRao(51)]).toEqual([0, 0]);
    expect(result.cashRao).toBe(fund.cashRao);
    expect(fund.cashRao).toBeLessThan(10);
    expect(Math.abs(fund.navTaoPerToken() / before - 1)).toBeLessThan(1e-11);
    const valueRao = fund.navTaoPerToken() * fund.supplyRao;
    expect((fund.unitsRao(64) * 0.2) / valueRao).toBeCloseTo(0.75, 9);
    expect(result.soldRao - result.boughtRao).toBeLessThan(10);
    auditMarket(accounts, fund);
  });

  it("keeps the units until then", () => {
    const { fund, prices } = smallMarket();
    const units = NETUIDS.map((netuid) => fund.unitsRao(netuid));
    for (let i = 1; i < 50; i++) for (const netuid of NETUIDS) prices.take(netuid, 0.01 * i, START_MS + i);
    fund.navTaoPerToken();
    expect(NETUIDS.map((netuid) => fund.unitsRao(netuid))).toEqual(units);
  });

  it("needs a fresh price of what comes in, and sells what leaves at the last price there was", () => {
    const { fund, prices } = smallMarket();
    const laterMs = START_MS + 1_000_000;
    prices.take(64, 0.11, laterMs);
    expect(fund.rebalance(weights, laterMs)).toMatchObject({ done: false, cause: "stale_price", netuid: 7 });
    expect([...fund.netuids]).toEqual(NETUIDS);
    prices.take(7, 0.01, laterMs);
    expect(fund.rebalance(weights, laterMs)).toMatchObject({ done: true });
    expect(fund.isStale(laterMs)).toBe(false);
  });

  it("refuses weights no fund can follow and alpha that cannot be counted", () => {
    const { fund, prices } = smallMarket();
    expect(() => fund.rebalance([{ netuid: 64, weight: 0.9 }], START_MS)).toThrow("TEN-MARKET-111");
    prices.take(7, 1e-12, START_MS);
    expect(fund.rebalance(weights, START_MS)).toMatchObject({ done: false, cause: "too_large", netuid: 7 });
  });

  it("never spends more than it has, whatever the prices", () => {
    const price = fc.double({ min: 1e-6, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 6, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 }),
        (quotes, parts) => {
          const { fund, accounts, prices } = smallMarket();
          const [a, b, c] = parts;
          for (const [i, netuid] of [4, 51, 64, 7, 8, 9].entries()) prices.take(netuid, quotes[i], START_MS);
          const before = fund.navTaoPerToken();
          const valueRao = before * fund.supplyRao;
          const sum = a + b + c;
          const wanted = [
            { netuid: 7, weight: a / sum },
            { netuid: 64, weight: b / sum },
            { netuid: 9, weight: c / sum },
          ];
          const result = fund.rebalance(wanted, START_MS);
          if (result.done) {
            // A rao of rounding a trade, a rao of alpha short of each target, and the doubles' own.
            const lostRao = 12 + valueRao * 1e-14;
            expect(fund.navTaoPerToken() * fund.supplyRao).toBeGreaterThanOrEqual(valueRao - lostRao);
            expect(fund.cashRao).toBeLessThanOrEqual(12 + quotes[2] + quotes[3] + quotes[5] + valueRao * 1e-14);
          } else expect(result.cause).toBe("too_large");
          expect(accounts.balanceRao(TAO, FUND)).toBeGreaterThanOrEqual(0);
          auditMarket(accounts, fund);
        },
      ),
      { numRuns: 300 },
    );
  });
});
