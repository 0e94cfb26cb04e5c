import { sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import type { ValuesOf } from "../../rules/parameter.js";
import { CorrelatedDeviates } from "./correlated-deviates.js";
import { boundedLog, logPrices, priceOfLog, YEAR_MS } from "./log-price.js";
import { normalDeviates } from "./normal-deviates.js";
import { CORRELATION, DRIFT_PER_YEAR, declarePriceModel, type PriceModel, VOLATILITY_PER_YEAR } from "./price-model.js";

const PARAMETERS = { driftPerYear: DRIFT_PER_YEAR, volatilityPerYear: VOLATILITY_PER_YEAR, correlation: CORRELATION } as const;

/** S(t + dt) = S(t) * exp((drift - volatility^2 / 2) dt + volatility * sqrt(dt) * z), for each subnet. */
class GeometricBrownianMotion implements PriceModel {
  readonly #logs: Float64Array;
  readonly #drift: number;
  readonly #deviation: number;
  readonly #deviates: CorrelatedDeviates;

  constructor(
    { driftPerYear, volatilityPerYear, correlation }: ValuesOf<typeof PARAMETERS>,
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

export const geometricBrownianMotion = declarePriceModel({
  name: "geometric_brownian_motion",
  meaning: "A random walk of the log price.",
  parameters: PARAMETERS,
  bind: (parameters, { startPrices, stepMs, random }) => new GeometricBrownianMotion(parameters, startPrices, stepMs, random),
});
