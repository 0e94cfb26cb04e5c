import { exp, ln, max, min } from "../../kernel/math.js";
import { HIGHEST_PRICE, LOWEST_PRICE } from "../price-book.js";

export const YEAR_MS = 31_536_000_000;
/** A log price stays in between, so that a price is always one the price book takes. */
const LOWEST_LOG = ln(LOWEST_PRICE * 1.000001);
const HIGHEST_LOG = ln(HIGHEST_PRICE * 0.999999);

/** The log price kept within the prices the market knows: at the edge it stands until it is led back. */
export function boundedLog(logPrice: number): number {
  return min(HIGHEST_LOG, max(LOWEST_LOG, logPrice));
}

export function priceOfLog(logPrice: number): number {
  return exp(logPrice);
}

export function logPrices(prices: ArrayLike<number>): Float64Array {
  return Float64Array.from(prices, (price) => boundedLog(ln(price)));
}
