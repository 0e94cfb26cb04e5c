import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Accounts } from "../../../engine/books/accounts.js";
import { ConstantProductPool } from "../../../engine/market/constant-product-pool.js";
import { ToldPriceMarket } from "../../../engine/market/told-price-market.js";
import { EMISSION, INDEX_TOKEN, OUTSIDE_MARKET, POOL, TAO, TOKEN } from "./small-market.js";

function poolOf(taoRao: number, tokensRao: number, fee = 0.003) {
  const accounts = new Accounts();
  const ann = accounts.open("ann");
  const pool = new ConstantProductPool(accounts, POOL, INDEX_TOKEN, { fee });
  pool.addLiquidity(OUTSIDE_MARKET, taoRao, tokensRao);
  accounts.transfer(TAO, OUTSIDE_MARKET, ann, 100 * TOKEN);
  accounts.transfer(INDEX_TOKEN, OUTSIDE_MARKET, ann, 100 * TOKEN);
  return { accounts, ann, pool };
}

describe("the pool", () => {
  it("gives floor(y dx' / (x + dx')), the fee rounded up and kept", () => {
    const { accounts, ann, pool } = poolOf(1_000, 3_000);
    // The fee of 100 is 0.3, so 1: 3000 * 99 / 1099 = 270.2.
    expect(pool.quote("buy", 100)).toBe(270);
    expect(pool.trade("buy", ann, 100, 0)).toMatchObject({ done: true, paidRao: 100, feeRao: 1, receivedRao: 270, priceBeforeTao: 1 / 3 });
    expect([pool.taoReserveRao, pool.tokenReserveRao]).toEqual([1_100, 2_730]);
    expect(accounts.balanceRao(INDEX_TOKEN, ann)).toBe(100 * TOKEN + 270);
    // 1100 * 269 / (2730 + 269) = 98.6.
    expect(pool.trade("sell", ann, 270, 98)).toMatchObject({ done: true, receivedRao: 98, feeRao: 1 });
    accounts.audit();
  });

  it("tells the slippage, fee included, of either side", () => {
    const { ann, pool } = poolOf(100 * TOKEN, 100 * TOKEN, 0);
    const bought = pool.trade("buy", ann, 25 * TOKEN, 0);
    expect(bought).toMatchObject({ receivedRao: 20 * TOKEN, slippage: 0.25, priceAfterTao: 125 / 80 });
    const sold = pool.trade("sell", ann, 20 * TOKEN, 0);
    expect(sold).toMatchObject({ receivedRao: 25 * TOKEN, priceAfterTao: 1 });
    if (sold.done) expect(sold.slippage).toBeCloseTo(0.2, 12);
  });

  it("refuses, and moves nothing, what is too little, too dear, or not there", () => {
    const { accounts, ann, pool } = poolOf(1_000, 3_000);
    expect(pool.trade("buy", ann, 0, 0)).toEqual({ done: false, cause: "too_small" });
    expect(pool.trade("buy", ann, 1, 0)).toEqual({ done: false, cause: "too_small" });
    expect(pool.trade("buy", ann, 100, 271)).toEqual({ done: false, cause: "slippage" });
    expect(pool.trade("buy", ann, 101 * TOKEN, 0)).toEqual({ done: false, cause: "funds_short" });
    expect([pool.taoReserveRao, pool.tokenReserveRao]).toEqual([1_000, 3_000]);
    const empty = poolOf(0, 0);
    expect([empty.pool.priceTao, empty.pool.quote("sell", 5), empty.pool.addEmission(5)]).toEqual([0, 0, 0]);
    expect(empty.pool.trade("sell", empty.ann, 5, 0)).toEqual({ done: false, cause: "no_price" });
    expect(() => pool.trade("buy", ann, Number.NaN, 0)).toThrow("TEN-BUG");
    const full = poolOf(Number.MAX_SAFE_INTEGER - 200 * TOKEN, TOKEN);
    full.accounts.transfer(TAO, EMISSION, full.ann, 150 * TOKEN);
    expect(full.pool.trade("buy", full.ann, 201 * TOKEN, 0)).toEqual({ done: false, cause: "too_large" });
    accounts.audit();
  });

  it("takes emission at its price", () => {
    const { accounts, pool } = poolOf(1_000, 3_000);
    expect(pool.addEmission(7)).toBe(21);
    expect([pool.taoReserveRao, pool.tokenReserveRao, pool.priceTao]).toEqual([1_007, 3_021, 1 / 3]);
    expect(accounts.balanceRao(TAO, EMISSION)).toBe(-7);
  });

  it("never loses by a trade, and answers what big integers answer", () => {
    const reserve = fc.oneof(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 4_000_000 }).map((n) => n * 1_000_000_007),
    );
    fc.assert(
      fc.property(
        reserve,
        reserve,
        fc.integer({ min: 1, max: 100 * TOKEN }),
        fc.constantFrom(0, 0.000000001, 0.003, 0.5),
        (x, y, paid, fee) => {
          const { ann, pool } = poolOf(x, y, fee);
          const parts = BigInt(Math.round(fee * 1e9));
          const counted = BigInt(paid) - (BigInt(paid) * parts + 999_999_999n) / 1_000_000_000n;
          const expected = (BigInt(y) * counted) / (BigInt(x) + counted);
          const result = pool.trade("buy", ann, paid, 0);
          expect(result.done ? BigInt(result.receivedRao) : 0n).toBe(expected);
          expect(BigInt(pool.taoReserveRao) * BigInt(pool.tokenReserveRao)).toBeGreaterThanOrEqual(BigInt(x) * BigInt(y));
          if (result.done) expect(result.slippage).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("the recorded market", () => {
  it("trades any amount at the recorded price, rounded in its own favour", () => {
    const accounts = new Accounts();
    const ann = accounts.open("ann");
    accounts.transfer(TAO, OUTSIDE_MARKET, ann, 1_000);
    const market = new ToldPriceMarket(accounts, INDEX_TOKEN);
    expect(market.trade("buy", ann, 10, 0)).toEqual({ done: false, cause: "no_price" });
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(market.take(price)).toBe(false);
    expect([market.priceTao, market.quote("buy", 10)]).toEqual([0, 0]);
    expect(market.take(3)).toBe(true);
    expect(market.trade("buy", ann, 100, 0)).toMatchObject({ done: true, receivedRao: 33, slippage: 0 });
    expect(market.trade("sell", ann, 33, 100)).toEqual({ done: false, cause: "slippage" });
    expect(market.trade("sell", ann, 34, 0)).toEqual({ done: false, cause: "funds_short" });
    expect(market.trade("sell", ann, 33, 99)).toMatchObject({ done: true, receivedRao: 99 });
    expect(accounts.balanceRao(TAO, ann)).toBe(999);
    accounts.audit();
  });
});
