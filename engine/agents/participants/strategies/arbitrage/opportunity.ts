import { compareWithDecimal, Fraction } from "../../../../kernel/decimal.js";
import { abs, max, min, sqrt } from "../../../../kernel/math.js";
import { RAO_PER_TOKEN } from "../../../../kernel/money.js";
import { type MarketObservation, premiumOf, purchaseRao, saleRao } from "../../market-observation.js";
import { grossProfitExactly, shareOfExactly, spreadExactly } from "./exact-opportunity.js";
import type { ArbitrageConfiguration } from "./parameters.js";

/** More than the formulas below can be off in doubles, relative to the largest of their terms. */
const RELATIVE_ERROR = 1e-12;

export interface Opportunity {
  /** At a premium tokens are minted, at a discount redeemed. */
  readonly side: "mint" | "redeem";
  /** Size of the difference to NAV, in percent of NAV. */
  readonly spreadPercent: number;
  /** Unrounded: rao of TAO to spend, or (`discountRoute: redeem_inventory`, redeeming) rao of tokens to redeem. */
  readonly sizeRao: number;
  /** Expected profit before the transaction cost, TAO; the cost is to be taken off once. */
  readonly grossProfitTao: number;
}

/** Is the difference between price and NAV one the participant looks into? Decided on the decimals of threshold, price and NAV. */
export function passesThreshold(configuration: ArbitrageConfiguration, seen: MarketObservation): boolean {
  const nav = seen.navTaoPerToken;
  const price = seen.priceTaoPerToken;
  if (!(nav > 0 && price > 0)) return false;
  const { minSpreadThreshold, spreadUnit, atThreshold } = configuration;
  const spread = (spreadUnit === "percent" ? 100 * abs(price - nav) : abs(price - nav)) / nav;
  const error = RELATIVE_ERROR * (spread + minSpreadThreshold);
  const side = compareWithDecimal(spread, error, minSpreadThreshold, () => spreadExactly(configuration, seen));
  return side > 0 || (side === 0 && atThreshold === "act");
}

/**
 * The arbitrage a participant sees (docs/explanation/participants.md): null where the difference is below the threshold, the size below the
 * smallest transaction, or the expected profit not above `profitOverCost` times the transaction cost. Limits are decided on the
 * decimals: a profit of exactly twice the cost is not over it.
 */
export function findOpportunity(configuration: ArbitrageConfiguration, seen: MarketObservation): Opportunity | null {
  if (!passesThreshold(configuration, seen)) return null;
  const premium = premiumOf(seen);
  const side = premium >= 0 ? "mint" : "redeem";
  const usesTokens = side === "redeem" && configuration.discountRoute === "redeem_inventory";
  const balanceRao = usesTokens ? seen.tokensRao : seen.taoRao;
  const { maxTransactionSizeRao, minTransactionSizeRao, balanceShare } = configuration;
  const affordableRao = min(maxTransactionSizeRao, balanceShare * balanceRao);
  const isBest = configuration.sizing === "best" && !usesTokens;
  const sizeRao = isBest ? min(affordableRao, bestSizeRao(configuration, seen, side)) : affordableRao;
  const exactSize = (): Fraction => {
    if (sizeRao < affordableRao) return Fraction.decimal(sizeRao);
    const share = shareOfExactly(balanceShare, balanceRao);
    const largest = Fraction.whole(maxTransactionSizeRao);
    return share.compare(largest) < 0 ? share : largest;
  };
  if (sizeRao <= 0 || compareWithDecimal(sizeRao, RELATIVE_ERROR * sizeRao, minTransactionSizeRao, exactSize) < 0) return null;
  const profitRao = grossProfitRao(configuration, seen, side, sizeRao);
  if (!isWorthIt(configuration, profitRao, sizeRao, () => grossProfitExactly(configuration, seen, side, exactSize()))) return null;
  return { side, spreadPercent: 100 * abs(premium), sizeRao, grossProfitTao: profitRao / RAO_PER_TOKEN };
}

/** Is the profit, a difference of terms of about the size of the transaction, above its multiple of the cost? */
function isWorthIt(
  { profitOverCost, transactionCostRao }: ArbitrageConfiguration,
  profitRao: number,
  sizeRao: number,
  exactProfit: () => Fraction,
): boolean {
  const limitRao = profitOverCost * transactionCostRao;
  if (abs(profitRao - limitRao) > RELATIVE_ERROR * (sizeRao + abs(profitRao) + limitRao)) return profitRao > limitRao;
  return exactProfit().compare(Fraction.decimal(profitOverCost).times(Fraction.whole(transactionCostRao))) > 0;
}

function grossProfitRao(configuration: ArbitrageConfiguration, seen: MarketObservation, side: "mint" | "redeem", sizeRao: number): number {
  if (configuration.profitEstimate === "spread") return abs(premiumOf(seen)) * sizeRao;
  const nav = seen.navTaoPerToken;
  const { basketCost } = configuration;
  if (side === "mint") {
    const minted = sizeRao / (nav * (1 + basketCost));
    return saleRao(seen, minted * (1 - seen.mintFee)) - sizeRao;
  }
  const perToken = (1 - seen.redeemFee) * nav * (1 - basketCost);
  if (configuration.discountRoute === "buy_and_redeem") return purchaseRao(seen, sizeRao) * perToken - sizeRao;
  return sizeRao * (perToken - seen.priceTaoPerToken);
}

/**
 * The size, rao of TAO, after which one more would earn nothing: where the derivative of the proceeds against the pool is
 * the price of a token outside of it. Infinity in a market whose price does not move.
 */
function bestSizeRao({ basketCost }: ArbitrageConfiguration, seen: MarketObservation, side: "mint" | "redeem"): number {
  const { poolTaoRao, poolTokensRao, poolFee, navTaoPerToken } = seen;
  if (poolTaoRao === 0 || poolTokensRao === 0) return Number.POSITIVE_INFINITY;
  const counted = 1 - poolFee;
  if (side === "mint") {
    const costPerToken = (navTaoPerToken * (1 + basketCost)) / (1 - seen.mintFee);
    const sold = (poolTokensRao * (sqrt((poolTaoRao / poolTokensRao) * (counted / costPerToken)) - 1)) / counted;
    return max(0, sold * costPerToken);
  }
  const perToken = (1 - seen.redeemFee) * navTaoPerToken * (1 - basketCost);
  return max(0, (poolTaoRao * (sqrt((poolTokensRao / poolTaoRao) * counted * perToken) - 1)) / counted);
}
