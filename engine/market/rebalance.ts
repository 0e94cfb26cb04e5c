import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { ceil, floor, max, min } from "../kernel/math.js";
import { MAX_RAO } from "../kernel/money.js";
import type { IndexWeight } from "./composition.js";
import type { RebalanceTrade } from "./fund-outcome.js";
import type { PriceBook } from "./price-book.js";

const { FUND, OUTSIDE_MARKET } = ACCOUNT;
const { TAO } = ASSET;

export interface NewHoldings {
  /** Constituents, ascending. */
  readonly netuids: readonly number[];
  readonly trades: readonly RebalanceTrade[];
  readonly soldRao: number;
  readonly boughtRao: number;
}

/**
 * Trades the fund's alphas for TAO, and TAO for alphas, with the outside market at the latest prices, ascending by netuid,
 * sales first. TAO received is rounded down, TAO paid is rounded up; a purchase stops at the cash there is.
 *
 * @param valueRao what the fund holds, in TAO; each constituent is to be worth its weight of it
 */
export function rebalanceHoldings(
  accounts: Accounts,
  prices: PriceBook,
  held: Int32Array,
  weights: readonly IndexWeight[],
  valueRao: number,
): NewHoldings {
  const target = new Map<number, number>();
  for (const { netuid, weight } of weights) target.set(netuid, floor((valueRao * weight) / prices.priceOf(netuid)));
  const all = [...new Set([...held, ...target.keys()])].sort((a, b) => a - b);
  const trades: RebalanceTrade[] = [];
  let soldRao = 0;
  let boughtRao = 0;
  for (const netuid of all) {
    const asset = accounts.alpha(netuid);
    const excess = accounts.balanceRao(asset, FUND) - (target.get(netuid) ?? 0);
    if (excess <= 0) continue;
    const taoRao = floor(excess * prices.priceOf(netuid));
    accounts.trade(FUND, OUTSIDE_MARKET, asset, excess, TAO, taoRao);
    trades.push({ netuid, alphaRao: -excess, taoRao });
    soldRao += taoRao;
  }
  for (const netuid of all) {
    const asset = accounts.alpha(netuid);
    const lacking = (target.get(netuid) ?? 0) - accounts.balanceRao(asset, FUND);
    if (lacking <= 0) continue;
    const price = prices.priceOf(netuid);
    const alphaRao = affordable(lacking, price, accounts.balanceRao(TAO, FUND));
    if (alphaRao === 0) continue;
    const taoRao = ceil(alphaRao * price);
    accounts.trade(FUND, OUTSIDE_MARKET, TAO, taoRao, asset, alphaRao);
    trades.push({ netuid, alphaRao, taoRao });
    boughtRao += taoRao;
  }
  return { netuids: [...target.keys()].sort((a, b) => a - b), trades, soldRao, boughtRao };
}

/** The first of the weights without a fresh price; -1: all have one. */
export function unpriced(prices: PriceBook, weights: readonly IndexWeight[], timeMs: number, staleAfterMs: number): number {
  return weights.find(({ netuid }) => !prices.isFresh(netuid, timeMs, staleAfterMs))?.netuid ?? -1;
}

/** The first of the weights that would take more alpha than can be counted; -1: none. */
export function uncountableIn(prices: PriceBook, weights: readonly IndexWeight[], valueRao: number): number {
  return weights.find(({ netuid, weight }) => !((valueRao * weight) / prices.priceOf(netuid) <= MAX_RAO))?.netuid ?? -1;
}

/** Relative error of a product of doubles, twice over. */
const ROUNDING = 4.440892098500626e-16;

/** As much of the alpha as the cash pays for, the price rounded up. */
function affordable(wantedRao: number, price: number, cashRao: number): number {
  if (ceil(wantedRao * price) <= cashRao) return wantedRao;
  let alphaRao = min(wantedRao, floor(cashRao / price));
  while (alphaRao > 0 && ceil(alphaRao * price) > cashRao) alphaRao -= max(1, floor(alphaRao * ROUNDING));
  return alphaRao;
}
