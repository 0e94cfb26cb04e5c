import { ACCOUNT, Accounts, ASSET } from "../../../engine/books/accounts.js";
import { ConstantProductPool } from "../../../engine/market/constant-product-pool.js";
import { auditFund } from "../../../engine/market/fund-audit.js";
import { IndexFund } from "../../../engine/market/index-fund.js";
import { DEFAULT_INDEX_FUND, type IndexFundConfiguration } from "../../../engine/market/market-configuration.js";
import { PriceBook } from "../../../engine/market/price-book.js";

export const { TAO, INDEX_TOKEN } = ASSET;
export const { OUTSIDE_MARKET, ISSUANCE, EMISSION, BURN, FUND, FUND_TREASURY, POOL } = ACCOUNT;
export const TOKEN = 1_000_000_000;
export const DAY = 20_345;
export const START_MS = DAY * 86_400_000;

export interface SmallMarket {
  readonly accounts: Accounts;
  readonly prices: PriceBook;
  readonly fund: IndexFund;
  readonly pool: ConstantProductPool;
  /** Holds the founding supply, and TAO. */
  readonly founder: number;
}

/** Three subnets, a fund of 1,000 tokens at 1 TAO, a pool of 400 tokens and 400 TAO. */
export function smallMarket(changes: Partial<IndexFundConfiguration> = {}): SmallMarket {
  const accounts = new Accounts();
  const prices = new PriceBook();
  const founder = accounts.open("founder");
  prices.take(4, 0.03, START_MS);
  prices.take(51, 0.07, START_MS);
  prices.take(64, 0.11, START_MS);
  const fund = new IndexFund({ ...DEFAULT_INDEX_FUND, ...changes }, accounts, prices);
  const weights = [
    { netuid: 64, weight: 0.5 },
    { netuid: 4, weight: 0.3 },
    { netuid: 51, weight: 0.2 },
  ];
  const founding = fund.found({ holder: founder, supplyRao: 1_000 * TOKEN, weights, timeMs: START_MS, day: DAY });
  if (!founding.done) throw new Error(founding.cause);
  accounts.transfer(TAO, OUTSIDE_MARKET, founder, 10_000 * TOKEN);
  const pool = new ConstantProductPool(accounts, POOL, INDEX_TOKEN, { fee: 0.003 });
  pool.addLiquidity(founder, 400 * TOKEN, 400 * TOKEN);
  return { accounts, prices, fund, pool, founder };
}

/** Gives the account exactly the basket of so many tokens. */
export function giveBasket({ accounts, fund }: SmallMarket, account: number, tokensRao: number): void {
  const basket = fund.quoteMint(tokensRao);
  accounts.transfer(TAO, OUTSIDE_MARKET, account, basket.cashRao);
  for (let i = 0; i < basket.count; i++) {
    accounts.transfer(accounts.alpha(basket.netuids[i]), OUTSIDE_MARKET, account, basket.amountsRao[i]);
  }
}

/** Every balance of every account. */
export function balancesOf(accounts: Accounts): number[][] {
  return Array.from({ length: accounts.assetCount }, (_, asset) =>
    Array.from({ length: accounts.count }, (_, account) => accounts.balanceRao(asset, account)),
  );
}

/** Everything that is held, and the fund's own books. */
export function auditMarket(accounts: Accounts, fund: IndexFund): void {
  accounts.audit();
  auditFund(accounts, fund);
}
