import type { TradeRefusalCause } from "../tables/vocabularies/orders.js";
/** What the trader does with the token: `buy` pays TAO for it, `sell` hands it in for TAO. */
export type TradeSide = "buy" | "sell";

export interface TradeRefusal {
  readonly done: false;
  readonly cause: TradeRefusalCause;
}

export interface Trade {
  readonly done: true;
  readonly side: TradeSide;
  /** Paid in, fee included: TAO of a buyer, tokens of a seller. */
  readonly paidRao: number;
  /** Part of what was paid that is the market's fee. */
  readonly feeRao: number;
  readonly receivedRao: number;
  /** By how much the price paid, fee included, was worse than the price before, as a fraction; 0 or more. */
  readonly slippage: number;
  readonly priceBeforeTao: number;
  readonly priceAfterTao: number;
}

/** Where a token trades for TAO. */
export interface TokenMarket {
  /** TAO a token; 0: there is none. */
  readonly priceTao: number;
  /** Share of what is paid in that is the fee. */
  readonly feeShare: number;
  /** Reserves that a trade moves the price against; 0: the market takes any amount at its price. */
  readonly taoReserveRao: number;
  readonly tokenReserveRao: number;
  /** What would come out now for a whole amount paid in, rao; 0: nothing. */
  quote(side: TradeSide, paidRao: number): number;
  /** Can whoever is on the other side count what it would have after such a trade? */
  canCount(side: TradeSide, paidRao: number, receivedRao: number): boolean;
  /** Trades, all or nothing. */
  trade(side: TradeSide, account: number, paidRao: number, minimumReceivedRao: number): Trade | TradeRefusal;
}
