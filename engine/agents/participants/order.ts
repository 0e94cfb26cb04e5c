import type { Trade } from "../../market/token-market.js";
import type { FundRefusalCause, OrderReason, TradeRefusalCause } from "../../tables/vocabularies/orders.js";

/** Buy the basket of so many tokens, mint them, and sell what is left after the fee or keep it. */
export interface MintOrder {
  readonly side: "mint";
  readonly reason: OrderReason;
  readonly timeMs: number;
  /** Tokens to mint, the fund's fee included. */
  readonly tokensRao: number;
  readonly sells: boolean;
  /** The order is not carried out where the sale would bring less, rao of TAO. */
  readonly minimumReceivedRao: number;
  /** Before the transaction cost, TAO. */
  readonly expectedProfitTao: number;
}

/** Redeem tokens and sell their basket; the tokens are held, or bought first. */
export interface RedeemOrder {
  readonly side: "redeem";
  readonly reason: OrderReason;
  readonly timeMs: number;
  /** Tokens to redeem from what is held; 0 where they are bought. */
  readonly tokensRao: number;
  /** TAO to buy tokens for, all of which are redeemed; 0: none are bought. */
  readonly buysForRao: number;
  /** The order is not carried out where fewer tokens would be bought, rao. */
  readonly minimumReceivedRao: number;
  readonly expectedProfitTao: number;
}

/** What a participant wants done, all of it or nothing. */
export type ParticipantOrder = MintOrder | RedeemOrder;

export type OrderRefusalCause = FundRefusalCause | TradeRefusalCause;

export interface OrderRefused {
  readonly done: false;
  readonly order: ParticipantOrder;
  readonly timeMs: number;
  readonly cause: OrderRefusalCause;
}

export interface OrderDone {
  readonly done: true;
  readonly order: ParticipantOrder;
  readonly timeMs: number;
  /** Tokens minted, the fee included, or handed in. */
  readonly tokensRao: number;
  /** The fund's fee, in tokens. */
  readonly feeRao: number;
  /** `tokensRao` at NAV: the volume of the transaction, rao of TAO. */
  readonly valueRao: number;
  /** What the account gained, costs paid; below 0: lost. */
  readonly taoChangeRao: number;
  readonly tokensChangeRao: number;
  /** Change of TAO plus change of tokens at NAV, rao of TAO. */
  readonly profitRao: number;
  readonly navTaoPerToken: number;
  /** The sale or purchase of tokens that was part of it. */
  readonly trade: Trade | null;
}

export type OrderOutcome = OrderDone | OrderRefused;
