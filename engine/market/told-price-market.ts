import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { InvariantError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { isRao, MAX_RAO } from "../kernel/money.js";
import type { TradeRefusalCause } from "../tables/vocabularies/orders.js";
import { HIGHEST_PRICE, LOWEST_PRICE } from "./price-book.js";
import type { TokenMarket, Trade, TradeRefusal, TradeSide } from "./token-market.js";

const { OUTSIDE_MARKET } = ACCOUNT;
const { TAO } = ASSET;

/** An asset at the price that streams tell: the outside market takes and gives any amount of it, so no trade moves the price. */
export class ToldPriceMarket implements TokenMarket {
  readonly feeShare = 0;
  readonly taoReserveRao = 0;
  readonly tokenReserveRao = 0;
  #priceTao = 0;

  /** @param asset what trades for TAO */
  constructor(
    private readonly accounts: Accounts,
    readonly asset: number,
  ) {}

  get priceTao(): number {
    return this.#priceTao;
  }

  /** Takes the price that is told; false, and nothing is taken, when it is none (`PriceBook.take`). */
  take(priceTao: number): boolean {
    if (!(priceTao >= LOWEST_PRICE && priceTao <= HIGHEST_PRICE)) return false;
    this.#priceTao = priceTao;
    return true;
  }

  /** Rounded down in favour of the market. */
  quote(side: TradeSide, paidRao: number): number {
    if (this.#priceTao === 0) return 0;
    const receivedRao = floor(side === "buy" ? paidRao / this.#priceTao : paidRao * this.#priceTao);
    return receivedRao <= MAX_RAO ? receivedRao : 0;
  }

  /** What the outside market gave in all stays within 2^53 - 1 rao. */
  canCount(side: TradeSide, paidRao: number, receivedRao: number): boolean {
    const { accounts, asset } = this;
    const [assetIn, assetOut] = side === "buy" ? [TAO, asset] : [asset, TAO];
    return (
      accounts.balanceRao(assetIn, OUTSIDE_MARKET) + paidRao <= MAX_RAO &&
      accounts.balanceRao(assetOut, OUTSIDE_MARKET) - receivedRao >= -MAX_RAO
    );
  }

  trade(side: TradeSide, account: number, paidRao: number, minimumReceivedRao: number): Trade | TradeRefusal {
    if (!isRao(paidRao)) throw new InvariantError(`${paidRao} is not whole rao`);
    const { accounts, asset } = this;
    const price = this.#priceTao;
    if (price === 0) return refusal("no_price");
    const [assetIn, assetOut] = side === "buy" ? [TAO, asset] : [asset, TAO];
    if (accounts.balanceRao(assetIn, account) < paidRao) return refusal("funds_short");
    const receivedRao = this.quote(side, paidRao);
    if (receivedRao === 0) return refusal("too_small");
    if (receivedRao < minimumReceivedRao) return refusal("slippage");
    accounts.trade(account, OUTSIDE_MARKET, assetIn, paidRao, assetOut, receivedRao);
    return { done: true, side, paidRao, feeRao: 0, receivedRao, slippage: 0, priceBeforeTao: price, priceAfterTao: price };
  }
}

function refusal(cause: TradeRefusalCause): TradeRefusal {
  return { done: false, cause };
}
