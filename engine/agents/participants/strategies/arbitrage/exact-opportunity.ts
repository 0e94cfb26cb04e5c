import { Fraction } from "../../../../kernel/decimal.js";
import type { MarketObservation } from "../../market-observation.js";
import type { ArbitrageConfiguration } from "./parameters.js";

const { decimal, whole } = Fraction;
const ONE = whole(1);
const HUNDRED = whole(100);

/** Size of the difference between price and NAV over NAV, in the unit of the threshold; both are above 0. */
export function spreadExactly({ spreadUnit }: ArbitrageConfiguration, seen: MarketObservation): Fraction {
  const spread = premiumExactly(seen).abs();
  return spreadUnit === "percent" ? spread.times(HUNDRED) : spread;
}

/** A share of a balance, rao. */
export function shareOfExactly(share: number, balanceRao: number): Fraction {
  return decimal(share).times(whole(balanceRao));
}

/** Tokens at NAV over all that is owned; something is. */
export function inventoryExactly({ taoRao, tokensRao, navTaoPerToken }: MarketObservation): Fraction {
  const tokens = whole(tokensRao).times(decimal(navTaoPerToken));
  return tokens.over(whole(taoRao).plus(tokens));
}

/** As `worthTao`, in rao. */
export function worthExactly({
  taoRao,
  tokensRao,
  navTaoPerToken,
}: Pick<MarketObservation, "taoRao" | "tokensRao" | "navTaoPerToken">): Fraction {
  return whole(taoRao).plus(whole(tokensRao).times(decimal(navTaoPerToken)));
}

/** The expected profit before the transaction cost (`opportunity.ts` has the formulas in doubles), rao of TAO. */
export function grossProfitExactly(
  { profitEstimate, basketCost, discountRoute }: ArbitrageConfiguration,
  seen: MarketObservation,
  side: "mint" | "redeem",
  sizeRao: Fraction,
): Fraction {
  if (profitEstimate === "spread") return premiumExactly(seen).abs().times(sizeRao);
  const nav = decimal(seen.navTaoPerToken);
  if (side === "mint") {
    const minted = sizeRao.over(nav.times(ONE.plus(decimal(basketCost))));
    return saleExactly(seen, minted.times(lessShare(seen.mintFee))).minus(sizeRao);
  }
  const perToken = nav.times(lessShare(seen.redeemFee)).times(lessShare(basketCost));
  if (discountRoute === "buy_and_redeem") return purchaseExactly(seen, sizeRao).times(perToken).minus(sizeRao);
  return sizeRao.times(perToken.minus(decimal(seen.priceTaoPerToken)));
}

function premiumExactly({ navTaoPerToken, priceTaoPerToken }: MarketObservation): Fraction {
  return decimal(priceTaoPerToken).over(decimal(navTaoPerToken)).minus(ONE);
}

function saleExactly(seen: MarketObservation, paidTokensRao: Fraction): Fraction {
  const counted = paidTokensRao.times(lessShare(seen.poolFee));
  if (seen.poolTokensRao === 0) return counted.times(decimal(seen.priceTaoPerToken));
  return whole(seen.poolTaoRao).times(counted).over(whole(seen.poolTokensRao).plus(counted));
}

function purchaseExactly(seen: MarketObservation, paidTaoRao: Fraction): Fraction {
  const counted = paidTaoRao.times(lessShare(seen.poolFee));
  if (seen.poolTaoRao === 0) return counted.over(decimal(seen.priceTaoPerToken));
  return whole(seen.poolTokensRao).times(counted).over(whole(seen.poolTaoRao).plus(counted));
}

function lessShare(share: number): Fraction {
  return ONE.minus(decimal(share));
}
