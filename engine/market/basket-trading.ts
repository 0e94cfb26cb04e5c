import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { ceil, floor } from "../kernel/math.js";
import type { Basket } from "./basket.js";
import type { PriceBook } from "./price-book.js";

const { OUTSIDE_MARKET } = ACCOUNT;
const { TAO } = ASSET;

/**
 * TAO that the alphas of a basket cost at the latest prices plus the cost share, each rounded up; the basket's own cash is
 * not in it. Infinity where it would pass 2^53.
 */
export function basketCostRao(basket: Basket, prices: PriceBook, costShare: number): number {
  const markup = 1 + costShare;
  let costRao = 0;
  for (let i = 0; i < basket.count; i++) costRao += ceil(basket.amountsRao[i] * prices.priceOf(basket.netuids[i]) * markup);
  return costRao <= Number.MAX_SAFE_INTEGER ? costRao : Number.POSITIVE_INFINITY;
}

/** TAO that the alphas of a basket fetch at the latest prices less the cost share, each rounded down, its cash not counted. */
export function basketProceedsRao(basket: Basket, prices: PriceBook, costShare: number): number {
  const markdown = 1 - costShare;
  let proceedsRao = 0;
  for (let i = 0; i < basket.count; i++) proceedsRao += floor(basket.amountsRao[i] * prices.priceOf(basket.netuids[i]) * markdown);
  return proceedsRao;
}

/** The account buys the alphas of a basket from the outside market for `costRao` in all. */
export function buyBasket(accounts: Accounts, account: number, basket: Basket, costRao: number): void {
  accounts.transfer(TAO, account, OUTSIDE_MARKET, costRao);
  for (let i = 0; i < basket.count; i++) {
    accounts.transfer(accounts.alpha(basket.netuids[i]), OUTSIDE_MARKET, account, basket.amountsRao[i]);
  }
}

/** The account sells the alphas of a basket to the outside market for `proceedsRao` in all. */
export function sellBasket(accounts: Accounts, account: number, basket: Basket, proceedsRao: number): void {
  for (let i = 0; i < basket.count; i++) {
    accounts.transfer(accounts.alpha(basket.netuids[i]), account, OUTSIDE_MARKET, basket.amountsRao[i]);
  }
  accounts.transfer(TAO, OUTSIDE_MARKET, account, proceedsRao);
}
