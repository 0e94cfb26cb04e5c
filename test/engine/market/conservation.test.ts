import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../cases.js";
import { NaiveMarket } from "./naive-market.js";
import {
  auditMarket,
  DAY,
  giveBasket,
  INDEX_TOKEN,
  OUTSIDE_MARKET,
  type SmallMarket,
  START_MS,
  smallMarket,
  TAO,
  TOKEN,
} from "./small-market.js";

const NETUIDS = [4, 7, 9, 51, 64];
const POOL_FEE = 3_000_000n;
const FUND_FEE = 2_000_000n;
const MANAGEMENT_FEE = 10_000_000n;

type Operation =
  | { readonly op: "mint" | "redeem" | "buy" | "sell"; readonly who: number; readonly share: number; readonly missing: boolean }
  | { readonly op: "rebalance"; readonly parts: readonly number[] }
  | { readonly op: "fee"; readonly days: number }
  | { readonly op: "prices"; readonly factors: readonly number[]; readonly laterMs: number };

const trader = {
  who: fc.integer({ min: 0, max: 2 }),
  share: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 1_000 }).map((part) => part / 1_000) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1e-9, noNaN: true }) },
  ),
  missing: fc.integer({ min: 0, max: 9 }).map((draw) => draw === 9),
};
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom("mint" as const, "redeem" as const), ...trader }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom("buy" as const, "sell" as const), ...trader }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("rebalance" as const),
      parts: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("fee" as const), days: fc.integer({ min: 0, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("prices" as const),
      factors: fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 5, maxLength: 5 }),
      laterMs: fc.constantFrom(0, 120_000, 120_000, 300_000, 300_001),
    }),
  },
);

/** Applies operations to the engine's market and to the naive one, and compares every balance after each. */
class TwoMarkets {
  readonly market: SmallMarket = smallMarket();
  readonly accounts: readonly number[];
  readonly naive: NaiveMarket;
  timeMs = START_MS;
  day = DAY;
  refusals = 0;

  constructor() {
    const { accounts, prices, founder } = this.market;
    this.accounts = [founder, accounts.open("ann"), accounts.open("bob")];
    for (const account of this.accounts) accounts.transfer(TAO, OUTSIDE_MARKET, account, 50 * TOKEN);
    prices.take(7, 0.2, START_MS);
    prices.take(9, 1.7, START_MS);
    for (const netuid of NETUIDS) accounts.alpha(netuid);
    this.naive = new NaiveMarket(this.market, DAY);
  }

  apply(operation: Operation): void {
    const { fund, prices } = this.market;
    switch (operation.op) {
      case "mint":
        this.mint(operation.who, Math.floor(operation.share * 100 * TOKEN), operation.missing);
        break;
      case "redeem":
        this.redeem(operation.who, operation.share);
        break;
      case "buy":
      case "sell":
        this.trade(operation.op, operation.who, operation.share);
        break;
      case "fee":
        this.day += operation.days;
        fund.accrueManagementFee(this.day);
        this.naive.managementFee(this.day, MANAGEMENT_FEE);
        break;
      case "prices":
        this.timeMs += operation.laterMs;
        for (const [i, netuid] of NETUIDS.entries()) {
          // One subnet in some samples has no price.
          if (operation.factors[i] < 1.9) prices.take(netuid, prices.priceOf(netuid) * operation.factors[i], this.timeMs);
        }
        break;
      case "rebalance":
        this.rebalance(operation.parts);
        break;
    }
    this.compare();
  }

  private mint(who: number, tokensRao: number, missing: boolean): void {
    const { accounts, fund } = this.market;
    const account = this.accounts[who];
    const name = accounts.nameOf(account);
    giveBasket(this.market, account, tokensRao);
    for (const [asset, amount] of this.naive.basketFor(BigInt(tokensRao))) this.naive.move(asset, "outside_market", name, amount);
    const short = missing ? [...fund.netuids].find((netuid) => accounts.balanceRao(accounts.alpha(netuid), account) > 0) : undefined;
    const isShort = short !== undefined && fund.quoteMint(tokensRao).amountsRao[fund.netuids.indexOf(short)] > 0;
    if (short !== undefined && isShort) {
      // All of it and one rao more than is spare goes away: one rao short.
      const needed = fund.quoteMint(tokensRao).amountsRao[fund.netuids.indexOf(short)];
      const spare = accounts.balanceRao(accounts.alpha(short), account) - needed + 1;
      accounts.transfer(accounts.alpha(short), account, OUTSIDE_MARKET, spare);
      this.naive.move(`alpha_${short}`, name, "outside_market", BigInt(spare));
    }
    const stale = fund.isStale(this.timeMs);
    const result = fund.mint(account, tokensRao, this.timeMs);
    const fee = (BigInt(tokensRao) * FUND_FEE + 999_999_999n) / 1_000_000_000n;
    const allowed = !stale && BigInt(tokensRao) > fee && !isShort;
    expect(result.done).toBe(allowed);
    if (allowed) this.naive.mint(name, BigInt(tokensRao), FUND_FEE);
    else this.refusals += 1;
  }

  private redeem(who: number, share: number): void {
    const { accounts, fund } = this.market;
    const account = this.accounts[who];
    const heldRao = accounts.balanceRao(INDEX_TOKEN, account);
    const tokensRao = share > 0.9 ? heldRao + 1 : Math.floor(share * heldRao);
    const stale = fund.isStale(this.timeMs);
    const result = fund.redeem(account, tokensRao, this.timeMs);
    const fee = (BigInt(tokensRao) * FUND_FEE + 999_999_999n) / 1_000_000_000n;
    const allowed = !stale && tokensRao <= heldRao && BigInt(tokensRao) > fee && BigInt(tokensRao) - fee < BigInt(this.naive.supply);
    expect(result.done).toBe(allowed);
    if (allowed) this.naive.redeem(accounts.nameOf(account), BigInt(tokensRao), FUND_FEE);
    else this.refusals += 1;
  }

  private trade(side: "buy" | "sell", who: number, share: number): void {
    const { accounts, pool } = this.market;
    const account = this.accounts[who];
    const [assetIn, assetOut] = side === "buy" ? [TAO, INDEX_TOKEN] : [INDEX_TOKEN, TAO];
    const paidRao = Math.floor(share * accounts.balanceRao(assetIn, account));
    const before = [BigInt(pool.taoReserveRao), BigInt(pool.tokenReserveRao)];
    const quoted = pool.quote(side, paidRao);
    const result = pool.trade(side, account, paidRao, 0);
    if (!result.done) {
      expect([result.cause, quoted]).toEqual(["too_small", 0]);
      this.refusals += 1;
      return;
    }
    expect(result.receivedRao).toBe(quoted);
    expect(BigInt(pool.taoReserveRao) * BigInt(pool.tokenReserveRao)).toBeGreaterThanOrEqual(before[0] * before[1]);
    this.naive.trade(accounts.nameOf(account), accounts.assetName(assetIn), accounts.assetName(assetOut), BigInt(paidRao), POOL_FEE);
  }

  private rebalance(parts: readonly number[]): void {
    const { fund, prices } = this.market;
    const sum = parts.reduce((a, b) => a + b, 0);
    if (sum === 0) return;
    const weights = NETUIDS.map((netuid, i) => ({ netuid, weight: parts[i] / sum })).filter(({ weight }) => weight > 0);
    const result = fund.rebalance(weights, this.timeMs);
    const fresh = weights.every(({ netuid }) => this.timeMs - prices.timeOf(netuid) <= 300_000);
    expect(result.done).toBe(fresh);
    if (!result.done) {
      this.refusals += 1;
      return;
    }
    for (const { netuid, alphaRao, taoRao } of result.trades) {
      const exact = Math.abs(alphaRao) * prices.priceOf(netuid);
      expect(taoRao).toBe(alphaRao < 0 ? Math.floor(exact) : Math.ceil(exact));
      this.naive.move(`alpha_${netuid}`, "outside_market", "fund", BigInt(alphaRao));
      this.naive.move("tao", "fund", "outside_market", BigInt(Math.sign(alphaRao) * taoRao));
    }
    const value = fund.navTaoPerToken() * fund.supplyRao;
    for (const { netuid, weight } of weights) {
      const price = prices.priceOf(netuid);
      expect(Math.abs(fund.unitsRao(netuid) * price - weight * value)).toBeLessThan(50 + 2 * price + value * 1e-12);
    }
  }

  private compare(): void {
    const { accounts, fund } = this.market;
    for (const [key, expected] of this.naive.balances) {
      const [asset, name] = key.split("/") as [string, string];
      const number = asset === "tao" ? TAO : asset === "index_token" ? INDEX_TOKEN : accounts.alpha(Number(asset.slice(6)));
      expect([key, BigInt(accounts.balanceRao(number, accounts.find(name) as number))]).toEqual([key, expected]);
    }
    expect(BigInt(fund.supplyRao)).toBe(this.naive.supply);
    expect(fund.navTaoPerToken()).toBeGreaterThan(0);
    expect(Number.isFinite(fund.navTaoPerToken())).toBe(true);
    auditMarket(accounts, fund);
  }
}

describe("any sequence of operations", () => {
  it("moves what the rules say, to the rao, and makes or loses nothing", () => {
    let operations = 0;
    let refusals = 0;
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 60, size: "max" }), (sequence) => {
        const markets = new TwoMarkets();
        for (const one of sequence) markets.apply(one);
        operations += sequence.length;
        refusals += markets.refusals;
      }),
      { numRuns: cases(60, 250) },
    );
    // Neither of the two is rare.
    expect(refusals).toBeGreaterThan(operations / 20);
    expect(refusals).toBeLessThan(operations / 2);
  });
});

describe("the audit", () => {
  it("sees tokens that no rule made", () => {
    const { accounts, fund, founder } = smallMarket();
    auditMarket(accounts, fund);
    accounts.transfer(INDEX_TOKEN, accounts.find("issuance") as number, founder, 1);
    expect(() => auditMarket(accounts, fund)).toThrow("are issued and the supply is");
  });

  it("sees fees that were not booked, and an asset the issuance has no part in", () => {
    const { accounts, fund, founder } = smallMarket();
    fund.managementFeeRao.add(1);
    expect(() => auditMarket(accounts, fund)).toThrow("founded, minted and redeemed");
    const other = smallMarket();
    other.accounts.transfer(TAO, other.accounts.find("issuance") as number, founder, 1);
    expect(() => auditMarket(other.accounts, other.fund)).toThrow("issuance holds tao");
  });
});
