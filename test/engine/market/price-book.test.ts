import { describe, expect, it } from "vitest";
import { PriceBook, priceRefusal } from "../../../engine/market/price-book.js";

describe("the price book", () => {
  it("keeps the latest price of each subnet and its time", () => {
    const book = new PriceBook();
    expect([book.priceOf(64), book.timeOf(64), book.newestMs]).toEqual([0, -1, -1]);
    expect(book.take(64, 0.1, 1_000)).toBe(true);
    expect(book.take(5_000, 0.2, 2_000)).toBe(true);
    expect(book.take(64, 0.3, 3_000)).toBe(true);
    expect([book.priceOf(64), book.timeOf(64)]).toEqual([0.3, 3_000]);
    expect([book.priceOf(5_000), book.timeOf(5_000)]).toEqual([0.2, 2_000]);
    expect([book.newestMs, book.version]).toEqual([3_000, 3]);
    expect(book.stalestOf([64, 5_000])).toBe(5_000);
    expect(book.stalestOf([64, 9])).toBe(9);
    expect(book.stalestOf([])).toBe(-1);
  });

  it("is fresh up to the limit and not after", () => {
    const book = new PriceBook();
    book.take(1, 2, 1_000);
    expect(book.isFresh(1, 301_000, 300_000)).toBe(true);
    expect(book.isFresh(1, 301_001, 300_000)).toBe(false);
    expect(book.isFresh(2, 1_000, 300_000)).toBe(false);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-13, 1e13])("does not take %d for a price", (price) => {
    const book = new PriceBook();
    book.take(1, 0.5, 1_000);
    expect(book.take(1, price, 2_000)).toBe(false);
    expect([book.priceOf(1), book.timeOf(1), book.newestMs, book.version]).toEqual([0.5, 1_000, 1_000, 1]);
    expect(priceRefusal(price, { stream: "price", row: 7 }).message).toContain("TEN-MARKET-103: stream price, row 8");
  });
});
