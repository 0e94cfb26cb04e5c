import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { InvariantError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { ExactSum, isRao, MAX_RAO } from "../kernel/money.js";
import type { FundRefusalCause } from "../tables/vocabularies/orders.js";
import { Basket } from "./basket.js";
import type { IndexWeight } from "./composition.js";
import { type Founding, type FundRefusal, type FundTrade, fundRefusal, type Rebalance } from "./fund-outcome.js";
import { refuseIndexWeights } from "./index-weights.js";
import type { IndexFundConfiguration } from "./market-configuration.js";
import type { PriceBook } from "./price-book.js";
import { partsOf, proportionCeil, proportionFloor, SHARE_UNIT } from "./proportion.js";
import { rebalanceHoldings, uncountableIn, unpriced } from "./rebalance.js";

const { FUND, FUND_TREASURY, ISSUANCE, OUTSIDE_MARKET } = ACCOUNT;
const { TAO, INDEX_TOKEN } = ASSET;
const DAYS_PER_YEAR = 365;
/** 2^53 less more than a float of that size can err by. */
const COUNTABLE_RAO = MAX_RAO - 1_000;

/**
 * The index fund (docs/explanation/index-fund.md): it holds whole rao of alpha of each constituent and TAO cash in its account, and tokens
 * are shares of that. Between rebalancings its holdings change only by baskets going in and out, in proportion: what comes
 * in is rounded up, what goes out is rounded down, so no minting or redeeming ever lowers what a token stands for.
 */
export class IndexFund {
  /** Tokens minted since the founding, fees included; redeemed (burnt); and minted as management fee. */
  readonly mintedRao = new ExactSum();
  readonly redeemedRao = new ExactSum();
  readonly managementFeeRao = new ExactSum();
  /** Fees of minting and redeeming, in tokens. */
  readonly feesRao = new ExactSum();
  foundedRao = 0;

  #netuids: Int32Array<ArrayBufferLike> = new Int32Array(0);
  #assets: Int32Array<ArrayBufferLike> = new Int32Array(0);
  #supplyRao = 0;
  #feeDay = 0;
  #nav = 0;
  #navVersion = -1;
  #oldestMs = -1;
  /** The largest holding of any asset. */
  #largestRao = 0;
  readonly #mintBasket = new Basket();
  readonly #redeemBasket = new Basket();
  readonly #mintFeeParts: number;
  readonly #redeemFeeParts: number;
  readonly #managementParts: number;

  constructor(
    readonly configuration: IndexFundConfiguration,
    private readonly accounts: Accounts,
    private readonly prices: PriceBook,
  ) {
    this.#mintFeeParts = partsOf(configuration.mintFee);
    this.#redeemFeeParts = partsOf(configuration.redeemFee);
    this.#managementParts = partsOf(configuration.managementFeePerYear);
  }

  /** Tokens there are. */
  get supplyRao(): number {
    return this.#supplyRao;
  }

  /** TAO the fund holds beside the alphas. */
  get cashRao(): number {
    return this.accounts.balanceRao(TAO, FUND);
  }

  /** Constituents, ascending. */
  get netuids(): Int32Array {
    return this.#netuids;
  }

  /** Alpha held of a subnet, rao. */
  unitsRao(netuid: number): number {
    return this.accounts.balanceRao(this.accounts.alpha(netuid), FUND);
  }

  /** Value of all that is held over the supply, in TAO a token; 0 before the founding. Recomputed where a price changed. */
  navTaoPerToken(): number {
    if (this.#navVersion !== this.prices.version) this.#value();
    return this.#nav;
  }

  /** When the oldest price NAV rests on was taken; -1 where a price is missing or there is no fund. */
  navPriceMs(): number {
    if (this.#navVersion !== this.prices.version) this.#value();
    return this.#oldestMs;
  }

  /** Is the newest price of any constituent older than the limit, or is there no NAV at all? */
  isStale(timeMs: number): boolean {
    const oldestMs = this.navPriceMs();
    return oldestMs < 0 || timeMs - oldestMs > this.configuration.staleAfterMs;
  }

  /**
   * Founds the fund: buys the weights at the latest prices from the outside market, for `supplyRao` tokens at the initial
   * NAV, and hands the tokens to the holder. What whole rao of alpha cannot match is TAO cash.
   *
   * @throws TenureError for weights no fund can follow (`refuseIndexWeights`)
   */
  found({ holder, supplyRao, weights, timeMs, day }: Founding): FundTrade | FundRefusal {
    if (this.#supplyRao > 0) throw new InvariantError("the fund is founded already");
    refuseIndexWeights(weights, "index.weights");
    const { accounts } = this;
    const nav = this.configuration.initialNavTaoPerToken;
    const valueRao = floor(supplyRao * nav);
    if (!isRao(supplyRao) || supplyRao === 0 || valueRao === 0) return fundRefusal("too_small");
    if (!isRao(valueRao)) return fundRefusal("too_large");
    const missing = unpriced(this.prices, weights, timeMs, this.configuration.staleAfterMs);
    if (missing !== -1) return fundRefusal("stale_price", missing);
    const uncountable = uncountableIn(this.prices, weights, valueRao);
    if (uncountable !== -1) return fundRefusal("too_large", uncountable);
    accounts.transfer(TAO, OUTSIDE_MARKET, FUND, valueRao);
    this.#hold(rebalanceHoldings(accounts, this.prices, this.#netuids, weights, valueRao).netuids);
    accounts.transfer(INDEX_TOKEN, ISSUANCE, holder, supplyRao);
    this.#supplyRao = supplyRao;
    this.foundedRao = supplyRao;
    this.#feeDay = day;
    this.#value();
    const cashRao = this.cashRao;
    return { done: true, tokensRao: supplyRao, feeRao: 0, netTokensRao: supplyRao, cashRao, navTaoPerToken: this.#nav, valueRao };
  }

  /** The basket that `tokensRao` new tokens take; each part rounded up. Reused: it holds until the next `quoteMint`. */
  quoteMint(tokensRao: number): Basket {
    const feeRao = proportionCeil(tokensRao, this.#mintFeeParts, SHARE_UNIT);
    const backed = { tokensRao, feeRao, backedRao: tokensRao, supplyRao: this.#supplyRao };
    return this.#mintBasket.fill(this.accounts, this.#netuids, this.#assets, backed, proportionCeil);
  }

  /** The basket that `tokensRao` tokens handed in give; each part rounded down. Reused: it holds until the next `quoteRedeem`. */
  quoteRedeem(tokensRao: number): Basket {
    const feeRao = proportionCeil(tokensRao, this.#redeemFeeParts, SHARE_UNIT);
    const backed = { tokensRao, feeRao, backedRao: tokensRao - feeRao, supplyRao: this.#supplyRao };
    return this.#redeemBasket.fill(this.accounts, this.#netuids, this.#assets, backed, proportionFloor);
  }

  /** The basket that was last quoted or given by a redemption. */
  get lastRedeemed(): Basket {
    return this.#redeemBasket;
  }

  /** Why `tokensRao` cannot be minted now whoever asks, or null. */
  mintCause(tokensRao: number, timeMs: number): FundRefusalCause | null {
    if (this.#supplyRao === 0) return "not_founded";
    if (this.isStale(timeMs)) return "stale_price";
    const fee = proportionCeil(tokensRao, this.#mintFeeParts, SHARE_UNIT);
    if (!(tokensRao > fee)) return "too_small";
    const supplyRao = this.#supplyRao + tokensRao;
    const largestRao = this.#largestRao * (supplyRao / this.#supplyRao);
    return supplyRao > MAX_RAO || tokensRao * this.#nav > MAX_RAO || largestRao > COUNTABLE_RAO ? "too_large" : null;
  }

  /** Why `tokensRao` cannot be redeemed now whoever asks, or null. */
  redeemCause(tokensRao: number, timeMs: number): FundRefusalCause | null {
    if (this.#supplyRao === 0) return "not_founded";
    if (this.isStale(timeMs)) return "stale_price";
    const net = tokensRao - proportionCeil(tokensRao, this.#redeemFeeParts, SHARE_UNIT);
    if (!(net > 0)) return "too_small";
    if (tokensRao * this.#nav > MAX_RAO) return "too_large";
    return net >= this.#supplyRao ? "last_tokens" : null;
  }

  /** Takes the basket from the account and gives it the tokens less the fee; all or nothing. */
  mint(account: number, tokensRao: number, timeMs: number): FundTrade | FundRefusal {
    checkAmount(tokensRao);
    const cause = this.mintCause(tokensRao, timeMs);
    if (cause !== null) return fundRefusal(cause, cause === "stale_price" ? this.prices.stalestOf(this.#netuids) : -1);
    const { accounts } = this;
    const basket = this.quoteMint(tokensRao);
    const { feeRao, netTokensRao, cashRao, amountsRao } = basket;
    const short = this.#shortfall(account, basket);
    if (short !== null) return short;
    const navTaoPerToken = this.navTaoPerToken();
    accounts.transfer(TAO, account, FUND, cashRao);
    for (let i = 0; i < basket.count; i++) accounts.transfer(this.#assets[i], account, FUND, amountsRao[i]);
    accounts.transfer(INDEX_TOKEN, ISSUANCE, account, netTokensRao);
    accounts.transfer(INDEX_TOKEN, ISSUANCE, FUND_TREASURY, feeRao);
    this.#supplyRao += tokensRao;
    this.mintedRao.add(tokensRao);
    this.feesRao.add(feeRao);
    this.#navVersion = -1;
    return { done: true, tokensRao, feeRao, netTokensRao, cashRao, navTaoPerToken, valueRao: floor(tokensRao * navTaoPerToken) };
  }

  /** Takes the tokens, the fee of them for the treasury, burns the rest and gives the account their basket; all or nothing. */
  redeem(account: number, tokensRao: number, timeMs: number): FundTrade | FundRefusal {
    checkAmount(tokensRao);
    const cause = this.redeemCause(tokensRao, timeMs);
    if (cause !== null) return fundRefusal(cause, cause === "stale_price" ? this.prices.stalestOf(this.#netuids) : -1);
    const { accounts } = this;
    const heldRao = accounts.balanceRao(INDEX_TOKEN, account);
    if (heldRao < tokensRao) return { done: false, cause: "tokens_short", netuid: -1, neededRao: tokensRao, heldRao };
    const basket = this.quoteRedeem(tokensRao);
    const { feeRao, netTokensRao, cashRao, amountsRao } = basket;
    const navTaoPerToken = this.navTaoPerToken();
    accounts.transfer(INDEX_TOKEN, account, FUND_TREASURY, feeRao);
    accounts.transfer(INDEX_TOKEN, account, ISSUANCE, netTokensRao);
    accounts.transfer(TAO, FUND, account, cashRao);
    for (let i = 0; i < basket.count; i++) accounts.transfer(this.#assets[i], FUND, account, amountsRao[i]);
    this.#supplyRao -= netTokensRao;
    this.redeemedRao.add(netTokensRao);
    this.feesRao.add(feeRao);
    this.#navVersion = -1;
    return { done: true, tokensRao, feeRao, netTokensRao, cashRao, navTaoPerToken, valueRao: floor(tokensRao * navTaoPerToken) };
  }

  /**
   * Mints the management fee of every day since the last one it was taken for, a 365th of the yearly share of the supply
   * a day, rounded down.
   *
   * @param day days since 1970; the fee of that day is taken once
   * @returns tokens minted to the fund's treasury, rao
   */
  accrueManagementFee(day: number): number {
    if (this.#supplyRao === 0) return 0;
    let minted = 0;
    for (; this.#feeDay < day; this.#feeDay++) {
      minted += proportionFloor(this.#supplyRao + minted, this.#managementParts, DAYS_PER_YEAR * SHARE_UNIT);
      // More cannot be counted: the transfer below refuses it.
      if (this.#supplyRao + minted > MAX_RAO) break;
    }
    if (minted === 0) return 0;
    this.accounts.transfer(INDEX_TOKEN, ISSUANCE, FUND_TREASURY, minted);
    this.#supplyRao += minted;
    this.managementFeeRao.add(minted);
    this.#navVersion = -1;
    return minted;
  }

  /**
   * Trades the holdings with the outside market, at the latest prices, until they have the weights; what is left over is
   * TAO cash. Every new constituent needs a price that is not stale; one that leaves is sold at the last price there was.
   *
   * @throws TenureError for weights no fund can follow (`refuseIndexWeights`)
   */
  rebalance(weights: readonly IndexWeight[], timeMs: number): Rebalance | FundRefusal {
    refuseIndexWeights(weights, "index.weights");
    if (this.#supplyRao === 0) return fundRefusal("not_founded");
    const missing = unpriced(this.prices, weights, timeMs, this.configuration.staleAfterMs);
    if (missing !== -1) return fundRefusal("stale_price", missing);
    const navBefore = this.navTaoPerToken();
    const valueRao = navBefore * this.#supplyRao;
    if (!(valueRao <= MAX_RAO)) return fundRefusal("too_large");
    const uncountable = uncountableIn(this.prices, weights, valueRao);
    if (uncountable !== -1) return fundRefusal("too_large", uncountable);
    const { netuids, trades, soldRao, boughtRao } = rebalanceHoldings(this.accounts, this.prices, this.#netuids, weights, valueRao);
    this.#hold(netuids);
    const navAfterTaoPerToken = this.navTaoPerToken();
    return { done: true, trades, soldRao, boughtRao, cashRao: this.cashRao, navBeforeTaoPerToken: navBefore, navAfterTaoPerToken };
  }

  /** The refusal of a basket the account does not hold; null: it is all there. */
  #shortfall(account: number, basket: Basket): FundRefusal | null {
    const { accounts } = this;
    for (let i = -1; i < basket.count; i++) {
      const asset = i === -1 ? TAO : this.#assets[i];
      const neededRao = i === -1 ? basket.cashRao : basket.amountsRao[i];
      const heldRao = accounts.balanceRao(asset, account);
      if (heldRao < neededRao) return { done: false, cause: "basket_short", netuid: accounts.netuidOf(asset), neededRao, heldRao };
    }
    return null;
  }

  #hold(netuids: readonly number[]): void {
    this.#netuids = Int32Array.from(netuids);
    this.#assets = this.#netuids.map((netuid) => this.accounts.alpha(netuid));
    this.#navVersion = -1;
  }

  #value(): void {
    const { accounts, prices } = this;
    const netuids = this.#netuids;
    const assets = this.#assets;
    this.#navVersion = prices.version;
    if (this.#supplyRao === 0) return;
    let valueRao = accounts.balanceRao(TAO, FUND);
    let largestRao = valueRao;
    let oldestMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < netuids.length; i++) {
      const netuid = netuids[i];
      const takenMs = prices.timeOf(netuid);
      if (takenMs < oldestMs) oldestMs = takenMs;
      const unitsRao = accounts.balanceRao(assets[i], FUND);
      if (unitsRao > largestRao) largestRao = unitsRao;
      valueRao += unitsRao * prices.priceOf(netuid);
    }
    this.#nav = valueRao / this.#supplyRao;
    this.#oldestMs = oldestMs;
    this.#largestRao = largestRao;
  }
}

function checkAmount(tokensRao: number): void {
  if (!isRao(tokensRao)) throw new InvariantError(`${tokensRao} is not a whole number of tokens in rao`);
}
