import { exp, ln, pow } from "../../kernel/math.js";
import type { FeedbackConfiguration } from "./configuration.js";

/**
 * By how much emission to the pool is more or less than at the start (docs/explanation/closed-loop.md): (m / p0)^exponent * (1 - b),
 * m the moving average of the price, m' = m + (1 - 2^(-dt / half life)) (p - m), p0 the price at the start, b the share of the
 * epoch's pay that was burned or recycled.
 */
export class PoolFeedback {
  #average: number;

  constructor(
    private readonly configuration: FeedbackConfiguration,
    private readonly startPriceTao: number,
  ) {
    this.#average = startPriceTao;
  }

  /** Takes the price at the end of an epoch of that length. */
  factor(priceTao: number, epochMs: number, burntShare: number): number {
    const { halfLifeMs, exponent } = this.configuration;
    this.#average += (1 - exp((-ln(2) * epochMs) / halfLifeMs)) * (priceTao - this.#average);
    return pow(this.#average / this.startPriceTao, exponent) * (1 - burntShare);
  }
}
