import { compareWithDecimal, Fraction } from "../../../../kernel/decimal.js";
import { abs, ceil, floor, min } from "../../../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../../../kernel/money.js";
import type { RandomStream } from "../../../../kernel/random.js";
import type { OrderReason } from "../../../../tables/vocabularies/orders.js";
import { inventoryRatio, type MarketObservation, worthTao } from "../../market-observation.js";
import type { OrderOutcome, ParticipantOrder } from "../../order.js";
import type { ParticipantMetrics } from "../../participant-metrics.js";
import type { Participant } from "../../participant-strategy.js";
import { inventoryExactly, worthExactly } from "./exact-opportunity.js";
import { findOpportunity, type Opportunity, passesThreshold } from "./opportunity.js";
import type { ArbitrageConfiguration } from "./parameters.js";

const NONE = -1;
/** More than what an account owns can be off in doubles, relative to it. */
const RELATIVE_ERROR = 1e-12;

/**
 * An authorised participant (docs/explanation/participants.md): closes the gap between the token's price and NAV where that
 * pays, redeems what exceeds its inventory limit, now and then mints or redeems for volume alone, and stops for a while after a
 * large loss. It only decides: what it decides depends on its configuration, what it saw before and its own random stream.
 */
export class ArbitragingParticipant implements Participant {
  #nextLookMs = Number.NEGATIVE_INFINITY;
  #highestWorthTao = 0;
  /** What it owned then, and NAV. */
  #highest = { taoRao: 0, tokensRao: 0, navTaoPerToken: 0 };
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** Since when the difference to NAV is over the threshold; -1: it is not. */
  #opportunityMs = NONE;
  #answered = false;

  constructor(
    private readonly configuration: ArbitrageConfiguration,
    private readonly random: RandomStream,
    private readonly metrics: ParticipantMetrics,
  ) {}

  /** Is it waiting after a stop-loss? */
  isPaused(timeMs: number): boolean {
    return timeMs < this.#pausedUntilMs;
  }

  /** What it wants done now, or nothing. At most one order a sample; tell it the outcome through `settle`. */
  decide(seen: MarketObservation): ParticipantOrder | null {
    const { timeMs, navTaoPerToken: nav, navStale } = seen;
    this.#noticeOpportunity(seen);
    const worth = worthTao(seen);
    this.#watchLoss(worth, seen);
    if (timeMs < this.#nextLookMs) return null;
    this.#nextLookMs = timeMs + this.configuration.lookEveryMs;
    if (navStale || !(nav > 0)) return null;
    if (this.isPaused(timeMs)) return this.#redeem("stop_loss", seen, seen.tokensRao);
    const opportunity = findOpportunity(this.configuration, seen);
    if (opportunity !== null) return this.#arbitrage(opportunity, seen);
    const { maxInventoryRatio, neutralProbability } = this.configuration;
    const inventory = inventoryRatio(seen);
    if (worth > 0 && compareWithDecimal(inventory, RELATIVE_ERROR, maxInventoryRatio, () => inventoryExactly(seen)) > 0) {
      const kept = (maxInventoryRatio * worth * RAO_PER_TOKEN) / nav;
      const order = this.#redeem("inventory", seen, floor(seen.tokensRao - kept));
      if (order !== null) return order;
    }
    return this.random() < neutralProbability ? this.#neutral(seen, inventory) : null;
  }

  /** Takes note of what became of an order. */
  settle(outcome: OrderOutcome): void {
    if (!outcome.done || outcome.order.reason !== "arbitrage" || this.#opportunityMs === NONE || this.#answered) return;
    this.#answered = true;
    this.metrics.respond(outcome.timeMs - this.#opportunityMs);
  }

  #noticeOpportunity(seen: MarketObservation): void {
    if (!passesThreshold(this.configuration, seen)) {
      this.#opportunityMs = NONE;
    } else if (this.#opportunityMs === NONE) {
      this.#opportunityMs = seen.timeMs;
      this.#answered = false;
      this.metrics.opportunities += 1;
    }
  }

  #watchLoss(worth: number, seen: MarketObservation): void {
    const { timeMs } = seen;
    const { stopLossDrawdown, stopLossPauseMs } = this.configuration;
    if (stopLossDrawdown === null) return;
    if (this.isPaused(timeMs) || worth > this.#highestWorthTao) this.#remember(worth, seen);
    else if (this.#fellBelow(worth, stopLossDrawdown, seen)) {
      this.#remember(worth, seen);
      this.#pausedUntilMs = timeMs + stopLossPauseMs;
      this.metrics.stopLosses += 1;
    }
  }

  #remember(worth: number, { taoRao, tokensRao, navTaoPerToken }: MarketObservation): void {
    this.#highestWorthTao = worth;
    this.#highest = { taoRao, tokensRao, navTaoPerToken };
  }

  /** Is less left of the highest worth than the drawdown allows? Decided on the decimals: a fall of exactly as much is not. */
  #fellBelow(worth: number, drawdown: number, seen: MarketObservation): boolean {
    const leastTao = (1 - drawdown) * this.#highestWorthTao;
    if (abs(worth - leastTao) > RELATIVE_ERROR * this.#highestWorthTao) return worth < leastTao;
    const least = Fraction.whole(1).minus(Fraction.decimal(drawdown)).times(worthExactly(this.#highest));
    return worthExactly(seen).compare(least) < 0;
  }

  #arbitrage({ side, sizeRao, grossProfitTao: expectedProfitTao }: Opportunity, seen: MarketObservation): ParticipantOrder {
    const { configuration } = this;
    const { timeMs, navTaoPerToken: nav } = seen;
    const reason = "arbitrage";
    if (side === "mint") {
      const tokensRao = countable(floor(sizeRao / (nav * (1 + configuration.basketCost))));
      // Who estimates by the spread alone does not know its costs, and so cannot refuse to lose by them.
      const minimumReceivedRao = configuration.profitEstimate === "executed" ? floor(sizeRao) : 0;
      return { side, reason, timeMs, tokensRao, sells: true, minimumReceivedRao, expectedProfitTao };
    }
    if (configuration.discountRoute === "redeem_inventory") {
      return { side, reason, timeMs, tokensRao: floor(sizeRao), buysForRao: 0, minimumReceivedRao: 0, expectedProfitTao };
    }
    const buysForRao = floor(sizeRao);
    const worthPerToken = nav * (1 - seen.redeemFee) * (1 - configuration.basketCost);
    const minimumReceivedRao = countable(ceil(buysForRao / worthPerToken));
    return { side, reason, timeMs, tokensRao: 0, buysForRao, minimumReceivedRao, expectedProfitTao };
  }

  /** Redeems tokens that are held, where they are worth the smallest transaction. */
  #redeem(reason: OrderReason, seen: MarketObservation, wantedRao: number): ParticipantOrder | null {
    const { timeMs, navTaoPerToken: nav } = seen;
    const tokensRao = min(wantedRao, seen.tokensRao);
    const { minTransactionSizeRao } = this.configuration;
    const valueRao = tokensRao * nav;
    const exactValue = () => Fraction.whole(tokensRao).times(Fraction.decimal(nav));
    if (tokensRao <= 0 || compareWithDecimal(valueRao, RELATIVE_ERROR * valueRao, minTransactionSizeRao, exactValue) < 0) return null;
    return { side: "redeem", reason, timeMs, tokensRao, buysForRao: 0, minimumReceivedRao: 0, expectedProfitTao: 0 };
  }

  /** The smallest transaction there is: minted while inventory is below half of its limit, redeemed above. */
  #neutral(seen: MarketObservation, inventory: number): ParticipantOrder | null {
    const { minTransactionSizeRao, basketCost, transactionCostRao } = this.configuration;
    const { timeMs, navTaoPerToken: nav } = seen;
    const tokensRao = countable(ceil(minTransactionSizeRao / nav));
    if (tokensRao <= 0) return null;
    if (this.#isHalfFull(inventory, seen)) return seen.tokensRao < tokensRao ? null : this.#redeem("neutral", seen, tokensRao);
    if (seen.taoRao < tokensRao * nav * (1 + basketCost) + transactionCostRao) return null;
    return { side: "mint", reason: "neutral", timeMs, tokensRao, sells: false, minimumReceivedRao: 0, expectedProfitTao: 0 };
  }

  #isHalfFull(inventory: number, seen: MarketObservation): boolean {
    const { maxInventoryRatio } = this.configuration;
    if (!(inventory > 0)) return maxInventoryRatio === 0;
    const twice = () => inventoryExactly(seen).times(Fraction.whole(2));
    return compareWithDecimal(2 * inventory, RELATIVE_ERROR, maxInventoryRatio, twice) >= 0;
  }
}

/** More tokens than can be counted are asked for as the most that can: the fund refuses either as too large. */
function countable(tokensRao: number): number {
  return min(MAX_RAO, tokensRao);
}
