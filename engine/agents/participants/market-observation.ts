import { RAO_PER_TOKEN } from "../../kernel/money.js";

/** What a participant sees when it decides. One object is enough for a run: it is read, never kept. */
export class MarketObservation {
  timeMs = 0;
  /** TAO a token; 0: none yet. */
  navTaoPerToken = 0;
  /** A NAV that is stale or not there: nothing can be minted or redeemed. */
  navStale = true;
  /** TAO a token in the market; 0: none yet. */
  priceTaoPerToken = 0;
  /** Reserves of the pool and the share of what is paid in that it keeps; 0: the market takes any amount at its price. */
  poolTaoRao = 0;
  poolTokensRao = 0;
  poolFee = 0;
  mintFee = 0;
  redeemFee = 0;
  /** What the participant has. */
  taoRao = 0;
  tokensRao = 0;
}

/** What `paidTokensRao` would fetch in the market, rao of TAO, unrounded. */
export function saleRao(seen: MarketObservation, paidTokensRao: number): number {
  const counted = paidTokensRao * (1 - seen.poolFee);
  if (seen.poolTokensRao === 0) return counted * seen.priceTaoPerToken;
  return (seen.poolTaoRao * counted) / (seen.poolTokensRao + counted);
}

/** Tokens that `paidTaoRao` would buy in the market, rao, unrounded. */
export function purchaseRao(seen: MarketObservation, paidTaoRao: number): number {
  const counted = paidTaoRao * (1 - seen.poolFee);
  if (seen.poolTaoRao === 0) return counted / seen.priceTaoPerToken;
  return (seen.poolTokensRao * counted) / (seen.poolTaoRao + counted);
}

/** Premium of the market price over NAV as a fraction; below 0: a discount; 0 where either is missing. */
export function premiumOf(seen: MarketObservation): number {
  const nav = seen.navTaoPerToken;
  const price = seen.priceTaoPerToken;
  return nav > 0 && price > 0 ? (price - nav) / nav : 0;
}

/** What the participant owns, its tokens at NAV, in TAO. */
export function worthTao(seen: MarketObservation): number {
  return (seen.taoRao + seen.tokensRao * seen.navTaoPerToken) / RAO_PER_TOKEN;
}

/** Share of tokens, at NAV, in what the participant owns, 0..1; 0 for who owns nothing. */
export function inventoryRatio(seen: MarketObservation): number {
  const worth = worthTao(seen);
  return worth > 0 ? (seen.tokensRao * seen.navTaoPerToken) / RAO_PER_TOKEN / worth : 0;
}
