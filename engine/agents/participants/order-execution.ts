import { ACCOUNT, type Accounts, ASSET } from "../../books/accounts.js";
import { InvariantError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { basketCostRao, basketProceedsRao, buyBasket, sellBasket } from "../../market/basket-trading.js";
import type { FundRefusal, FundTrade } from "../../market/fund-outcome.js";
import type { IndexFund } from "../../market/index-fund.js";
import type { PriceBook } from "../../market/price-book.js";
import type { TokenMarket, Trade, TradeRefusal } from "../../market/token-market.js";
import type { MarketObservation } from "./market-observation.js";
import type { MintOrder, OrderOutcome, OrderRefusalCause, ParticipantOrder, RedeemOrder } from "./order.js";
import type { ParticipantCosts } from "./participant-costs.js";

const { BURN } = ACCOUNT;
const { TAO, INDEX_TOKEN } = ASSET;

/** Everything an order touches. */
export interface Venue {
  readonly accounts: Accounts;
  readonly prices: PriceBook;
  readonly fund: IndexFund;
  /** Where tokens are sold and bought. */
  readonly market: TokenMarket;
}

/** Writes what an account sees now; call it before each decision, as an earlier order of the instant may have moved the price. */
export function observe(venue: Venue, account: number, timeMs: number, seen: MarketObservation): void {
  const { accounts, fund, market } = venue;
  seen.timeMs = timeMs;
  seen.navTaoPerToken = fund.navTaoPerToken();
  seen.navStale = fund.isStale(timeMs);
  seen.priceTaoPerToken = market.priceTao;
  seen.poolTaoRao = market.taoReserveRao;
  seen.poolTokensRao = market.tokenReserveRao;
  seen.poolFee = market.feeShare;
  seen.mintFee = fund.configuration.mintFee;
  seen.redeemFee = fund.configuration.redeemFee;
  seen.taoRao = accounts.balanceRao(TAO, account);
  seen.tokensRao = accounts.balanceRao(INDEX_TOKEN, account);
}

/**
 * Carries an order out, all or nothing: baskets are bought from and sold to the outside market at the latest prices plus or
 * less the basket cost; the transaction cost goes to `burn`.
 */
export function executeOrder(
  venue: Venue,
  account: number,
  order: ParticipantOrder,
  costs: ParticipantCosts,
  timeMs: number,
): OrderOutcome {
  const { accounts, fund } = venue;
  const taoBefore = accounts.balanceRao(TAO, account);
  const tokensBefore = accounts.balanceRao(INDEX_TOKEN, account);
  const navTaoPerToken = fund.navTaoPerToken();
  const result = order.side === "mint" ? mint(venue, account, order, costs, timeMs) : redeem(venue, account, order, costs, timeMs);
  if (typeof result === "string") return { done: false, order, timeMs, cause: result };
  const { tokensRao, feeRao, valueRao } = result.fundTrade;
  const taoChangeRao = accounts.balanceRao(TAO, account) - taoBefore;
  const tokensChangeRao = accounts.balanceRao(INDEX_TOKEN, account) - tokensBefore;
  const profitRao = floor(taoChangeRao + tokensChangeRao * navTaoPerToken);
  const { trade } = result;
  return { done: true, order, timeMs, tokensRao, feeRao, valueRao, taoChangeRao, tokensChangeRao, profitRao, navTaoPerToken, trade };
}

interface Executed {
  readonly fundTrade: FundTrade;
  readonly trade: Trade | null;
}

function mint(venue: Venue, account: number, order: MintOrder, costs: ParticipantCosts, timeMs: number): Executed | OrderRefusalCause {
  const { accounts, prices, fund, market } = venue;
  const cause = fund.mintCause(order.tokensRao, timeMs);
  if (cause !== null) return cause;
  const basket = fund.quoteMint(order.tokensRao);
  const costRao = basketCostRao(basket, prices, costs.basketCost);
  if (accounts.balanceRao(TAO, account) < costRao + basket.cashRao + costs.transactionCostRao) return "funds_short";
  if (order.sells) {
    const expectedRao = market.quote("sell", basket.netTokensRao);
    if (expectedRao === 0) return market.priceTao === 0 ? "no_price" : "too_small";
    if (expectedRao < order.minimumReceivedRao) return "slippage";
  }
  buyBasket(accounts, account, basket, costRao);
  const fundTrade = certain(fund.mint(account, order.tokensRao, timeMs));
  accounts.transfer(TAO, account, BURN, costs.transactionCostRao);
  const trade = order.sells ? certain(market.trade("sell", account, fundTrade.netTokensRao, order.minimumReceivedRao)) : null;
  return { fundTrade, trade };
}

function redeem(venue: Venue, account: number, order: RedeemOrder, costs: ParticipantCosts, timeMs: number): Executed | OrderRefusalCause {
  const { accounts, prices, fund, market } = venue;
  const buys = order.buysForRao > 0;
  const tokensRao = buys ? market.quote("buy", order.buysForRao) : order.tokensRao;
  if (buys && tokensRao === 0) return market.priceTao === 0 ? "no_price" : "too_small";
  const cause = fund.redeemCause(tokensRao, timeMs);
  if (cause !== null) return cause;
  if (accounts.balanceRao(TAO, account) < order.buysForRao + costs.transactionCostRao) return "funds_short";
  if (!buys && accounts.balanceRao(INDEX_TOKEN, account) < tokensRao) return "tokens_short";
  if (tokensRao < order.minimumReceivedRao) return "slippage";
  const trade = buys ? certain(market.trade("buy", account, order.buysForRao, order.minimumReceivedRao)) : null;
  const fundTrade = certain(fund.redeem(account, tokensRao, timeMs));
  const basket = fund.lastRedeemed;
  sellBasket(accounts, account, basket, basketProceedsRao(basket, prices, costs.basketCost));
  accounts.transfer(TAO, account, BURN, costs.transactionCostRao);
  return { fundTrade, trade };
}

/** What was checked before must succeed: anything else would leave an order half done. */
function certain<T extends FundTrade | Trade>(result: T | FundRefusal | TradeRefusal): T {
  if (!result.done) throw new InvariantError(`an order that was checked is refused: ${result.cause}`);
  return result as T;
}
