import { sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import type { CorrelationConfiguration, DriftConfiguration } from "../market-configuration.js";
import { CorrelatedDeviates } from "./correlated-deviates.js";
import { boundedLog, logPrices, priceOfLog, YEAR_MS } from "./log-price.js";
import { normalDeviates } from "./normal-deviates.js";
import type { PriceModel } from "./price-model.js";

/** S(t + dt) = S(t) * exp((drift - volatility^2 / 2) dt + volatility * sqrt(dt) * z), for each subnet. */
export class GeometricBrownianMotion implements PriceModel {
  readonly #logs: Float64Array;
  readonly #drift: number;
  readonly #deviation: number;
  readonly #deviates: CorrelatedDeviates;

  constructor(
    { driftPerYear, volatilityPerYear, correlation }: DriftConfiguration & CorrelationConfiguration,
    startPrices: ArrayLike<number>,
    stepMs: number,
    random: RandomStream,
  ) {
    const years = stepMs / YEAR_MS;
    this.#logs = logPrices(startPrices);
    this.#drift = (driftPerYear - (volatilityPerYear * volatilityPerYear) / 2) * years;
    this.#deviation = volatilityPerYear * sqrt(years);
    this.#deviates = new CorrelatedDeviates(correlation, normalDeviates(random));
  }

  get count(): number {
    return this.#logs.length;
  }

  step(prices: Float64Array): void {
    const logs = this.#logs;
    this.#deviates.step();
    for (let i = 0; i < logs.length; i++) {
      logs[i] = boundedLog(logs[i] + this.#drift + this.#deviation * this.#deviates.next());
      prices[i] = priceOfLog(logs[i]);
    }
  }
}
