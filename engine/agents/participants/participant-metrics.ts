import { max } from "../../kernel/math.js";
import { ExactSum, RAO_PER_TOKEN } from "../../kernel/money.js";
import type { OrderReason } from "../../tables/vocabularies/orders.js";
import type { OrderOutcome } from "./order.js";

/** What a participant did, as it is reported. Amounts in TAO are of whole rao; ratios are 0 where nothing happened yet. */
export class ParticipantMetrics {
  readonly mintedValueRao = new ExactSum();
  readonly redeemedValueRao = new ExactSum();
  readonly orders: Record<OrderReason, number> = { arbitrage: 0, neutral: 0, inventory: 0, stop_loss: 0 };
  readonly done: Record<OrderReason, number> = { arbitrage: 0, neutral: 0, inventory: 0, stop_loss: 0 };
  /** Profit of what was carried out, tokens at NAV; below 0: a loss. */
  profitTao = 0;
  arbitrageProfitTao = 0;
  /** Opportunities: times the difference to NAV went over the threshold, and those it acted on. */
  opportunities = 0;
  answered = 0;
  longestResponseMs = 0;
  #responseMs = 0;
  #inventory = 0;
  #looks = 0;
  /** Share of tokens in what it owned when it last looked, 0..1. */
  inventoryRatio = 0;
  stopLosses = 0;

  get attempts(): number {
    const { arbitrage, neutral, inventory, stop_loss } = this.orders;
    return arbitrage + neutral + inventory + stop_loss;
  }

  /** Orders carried out over orders given, 0..1. */
  get successRate(): number {
    const { arbitrage, neutral, inventory, stop_loss } = this.done;
    return this.attempts === 0 ? 0 : (arbitrage + neutral + inventory + stop_loss) / this.attempts;
  }

  /** Mean of the inventory ratio over all samples it decided at, 0..1. */
  get meanInventoryRatio(): number {
    return this.#looks === 0 ? 0 : this.#inventory / this.#looks;
  }

  /** Mean time from the first sample of an opportunity to its first arbitrage in it. */
  get meanResponseMs(): number {
    return this.answered === 0 ? 0 : this.#responseMs / this.answered;
  }

  seeInventory(ratio: number): void {
    this.inventoryRatio = ratio;
    this.#inventory += ratio;
    this.#looks += 1;
  }

  settle(outcome: OrderOutcome): void {
    const { reason, side } = outcome.order;
    this.orders[reason] += 1;
    if (!outcome.done) return;
    this.done[reason] += 1;
    (side === "mint" ? this.mintedValueRao : this.redeemedValueRao).add(outcome.valueRao);
    const profitTao = outcome.profitRao / RAO_PER_TOKEN;
    this.profitTao += profitTao;
    if (reason === "arbitrage") this.arbitrageProfitTao += profitTao;
  }

  respond(responseMs: number): void {
    this.answered += 1;
    this.#responseMs += responseMs;
    this.longestResponseMs = max(this.longestResponseMs, responseMs);
  }
}
