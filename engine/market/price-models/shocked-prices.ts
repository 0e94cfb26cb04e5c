import { exp, ln, max, min } from "../../kernel/math.js";
import type { PriceShock } from "../market-configuration.js";
import { boundedLog, priceOfLog } from "./log-price.js";
import type { PriceModel } from "./price-model.js";

/** Another model's prices, led by shocks to a factor of what they would have been; the factor stays. */
export class ShockedPrices implements PriceModel {
  readonly #logFactors: readonly number[];
  #timeMs: number;

  /** @param startMs time of the model's start prices */
  constructor(
    private readonly model: PriceModel,
    private readonly shocks: readonly PriceShock[],
    startMs: number,
    private readonly stepMs: number,
  ) {
    this.#logFactors = shocks.map(({ factor }) => ln(factor));
    this.#timeMs = startMs;
  }

  get count(): number {
    return this.model.count;
  }

  step(prices: Float64Array): void {
    this.model.step(prices);
    this.#timeMs += this.stepMs;
    let shift = 0;
    for (let i = 0; i < this.shocks.length; i++) {
      const { fromMs, durationMs } = this.shocks[i];
      shift += this.#logFactors[i] * min(1, max(0, (this.#timeMs - fromMs) / durationMs));
    }
    if (shift === 0) return;
    const factor = exp(shift);
    for (let i = 0; i < this.count; i++) {
      const price = prices[i] * factor;
      prices[i] = price > 0 ? priceOfLog(boundedLog(ln(price))) : priceOfLog(boundedLog(Number.NEGATIVE_INFINITY));
    }
  }
}
