/** Why an order was given. */
export const ORDER_REASONS = ["arbitrage", "neutral", "inventory", "stop_loss"] as const;
export type OrderReason = (typeof ORDER_REASONS)[number];

/** Why the fund did nothing; the cause is recorded. */
export const FUND_REFUSAL_CAUSES = [
  "not_founded",
  "stale_price",
  "too_small",
  "too_large",
  "basket_short",
  "tokens_short",
  "last_tokens",
] as const;
/**
 * - `not_founded`: there is no fund yet
 * - `stale_price`: a constituent has no price, or only one that is too old
 * - `too_small`: nothing would be left after the fee
 * - `too_large`: supply, holdings or the value traded would pass 2^53 - 1 rao
 * - `basket_short`: the account holds less of an asset than the basket takes
 * - `tokens_short`: the account holds fewer tokens than it hands in
 * - `last_tokens`: nothing of the supply would be left, and a fund without supply has no NAV
 */
export type FundRefusalCause = (typeof FUND_REFUSAL_CAUSES)[number];

/** Why a trade was not made; the cause is recorded. */
export const TRADE_REFUSAL_CAUSES = ["no_price", "too_small", "too_large", "funds_short", "slippage"] as const;
/**
 * - `no_price`: the pool is empty, or no price is known yet
 * - `too_small`: what is paid in buys less than 1 rao
 * - `too_large`: a balance would pass 2^53 - 1 rao
 * - `funds_short`: the account holds less than it pays in
 * - `slippage`: less would come out than the trader asks for
 */
export type TradeRefusalCause = (typeof TRADE_REFUSAL_CAUSES)[number];
