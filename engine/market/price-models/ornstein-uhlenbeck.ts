import { exp, ln, sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import { DAY_MS } from "../../kernel/time.js";
import { timeSpan, type ValuesOf } from "../../rules/parameter.js";
import { CorrelatedDeviates } from "./correlated-deviates.js";
import { boundedLog, logPrices, priceOfLog, YEAR_MS } from "./log-price.js";
import { normalDeviates } from "./normal-deviates.js";
import { CORRELATION, declarePriceModel, type PriceModel, VOLATILITY_PER_YEAR } from "./price-model.js";

const LN_2 = ln(2);
const PARAMETERS = {
  halfLifeMs: timeSpan({
    atLeastMs: 1,
    code: "TEN-MARKET-133",
    default: 7 * DAY_MS,
    meaning: "After it half of a distance from the start is expected to be gone.",
  }),
  volatilityPerYear: VOLATILITY_PER_YEAR,
  correlation: CORRELATION,
} as const;

/**
 * An Ornstein-Uhlenbeck process of the log price around the log of the start price, by its exact step:
 * x(t + dt) = m + (x(t) - m) * e^(-k dt) + volatility * sqrt((1 - e^(-2 k dt)) / (2 k)) * z, k = ln 2 / half life.
 */
class OrnsteinUhlenbeck implements PriceModel {
  readonly #means: Float64Array;
  readonly #logs: Float64Array;
  readonly #kept: number;
  readonly #deviation: number;
  readonly #deviates: CorrelatedDeviates;

  constructor(
    { halfLifeMs, volatilityPerYear, correlation }: ValuesOf<typeof PARAMETERS>,
    startPrices: ArrayLike<number>,
    stepMs: number,
    random: RandomStream,
  ) {
    const pullPerYear = (LN_2 * YEAR_MS) / halfLifeMs;
    this.#means = logPrices(startPrices);
    this.#logs = this.#means.slice();
    this.#kept = exp((-LN_2 * stepMs) / halfLifeMs);
    this.#deviation = volatilityPerYear * sqrt((1 - this.#kept * this.#kept) / (2 * pullPerYear));
    this.#deviates = new CorrelatedDeviates(correlation, normalDeviates(random));
  }

  get count(): number {
    return this.#logs.length;
  }

  step(prices: Float64Array): void {
    const logs = this.#logs;
    const means = this.#means;
    this.#deviates.step();
    for (let i = 0; i < logs.length; i++) {
      logs[i] = boundedLog(means[i] + (logs[i] - means[i]) * this.#kept + this.#deviation * this.#deviates.next());
      prices[i] = priceOfLog(logs[i]);
    }
  }
}

export const ornsteinUhlenbeck = declarePriceModel({
  name: "ornstein_uhlenbeck",
  meaning: "A random walk of the log price that is led back to where it began.",
  parameters: PARAMETERS,
  bind: (parameters, { startPrices, stepMs, random }) => new OrnsteinUhlenbeck(parameters, startPrices, stepMs, random),
});
