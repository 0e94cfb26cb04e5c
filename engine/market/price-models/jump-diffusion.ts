import { exp, sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import { MARKET_RANGES } from "../../kernel/ranges.js";
import { number, type ValuesOf } from "../../rules/parameter.js";
import { CorrelatedDeviates } from "./correlated-deviates.js";
import { boundedLog, logPrices, priceOfLog, YEAR_MS } from "./log-price.js";
import { normalDeviates } from "./normal-deviates.js";
import { CORRELATION, DRIFT_PER_YEAR, declarePriceModel, type PriceModel, VOLATILITY_PER_YEAR } from "./price-model.js";

const PARAMETERS = {
  driftPerYear: DRIFT_PER_YEAR,
  volatilityPerYear: VOLATILITY_PER_YEAR,
  jumpsPerYear: number({
    range: MARKET_RANGES.jumpsPerYear,
    code: "TEN-MARKET-135",
    default: 20,
    meaning: "Expected jumps of each subnet's price in a year.",
  }),
  jumpMean: number({ range: MARKET_RANGES.jumpMean, code: "TEN-MARKET-135", default: -0.05, meaning: "Mean of a jump of the log price." }),
  jumpDeviation: number({
    range: MARKET_RANGES.jumpDeviation,
    code: "TEN-MARKET-135",
    default: 0.1,
    meaning: "Standard deviation of a jump of the log price.",
  }),
  correlation: CORRELATION,
} as const;

/** Expected jumps drawn at once at most: with more, `exp` of minus them would lose all digits. */
const LARGEST_MEAN = 30;

/**
 * Geometric Brownian motion with jumps (Merton, "Option pricing when underlying stock returns are discontinuous", 1976):
 * jumps of the log price come as a Poisson process, each normal. The drift is that of the expected price, jumps included.
 */
class JumpDiffusion implements PriceModel {
  readonly #logs: Float64Array;
  readonly #drift: number;
  readonly #deviation: number;
  readonly #jumpMean: number;
  readonly #jumpDeviation: number;
  readonly #jumpsPerStep: number;
  readonly #noJump: number;
  readonly #normal: () => number;
  readonly #deviates: CorrelatedDeviates;

  constructor(
    parameters: ValuesOf<typeof PARAMETERS>,
    startPrices: ArrayLike<number>,
    stepMs: number,
    private readonly random: RandomStream,
  ) {
    const { driftPerYear, volatilityPerYear, jumpsPerYear, jumpMean, jumpDeviation, correlation } = parameters;
    const years = stepMs / YEAR_MS;
    const expectedJump = exp(jumpMean + (jumpDeviation * jumpDeviation) / 2) - 1;
    this.#logs = logPrices(startPrices);
    this.#drift = (driftPerYear - (volatilityPerYear * volatilityPerYear) / 2 - jumpsPerYear * expectedJump) * years;
    this.#deviation = volatilityPerYear * sqrt(years);
    this.#jumpMean = jumpMean;
    this.#jumpDeviation = jumpDeviation;
    this.#jumpsPerStep = jumpsPerYear * years;
    this.#noJump = exp(-this.#jumpsPerStep);
    this.#normal = normalDeviates(random);
    this.#deviates = new CorrelatedDeviates(correlation, this.#normal);
  }

  get count(): number {
    return this.#logs.length;
  }

  step(prices: Float64Array): void {
    const logs = this.#logs;
    this.#deviates.step();
    for (let i = 0; i < logs.length; i++) {
      let log = logs[i] + this.#drift + this.#deviation * this.#deviates.next();
      for (let jumps = this.#jumps(); jumps > 0; jumps--) log += this.#jumpMean + this.#jumpDeviation * this.#normal();
      logs[i] = boundedLog(log);
      prices[i] = priceOfLog(logs[i]);
    }
  }

  /** A Poisson deviate by Knuth's product of uniforms, in parts where the mean is large. */
  #jumps(): number {
    if (this.#jumpsPerStep <= LARGEST_MEAN) return this.#poisson(this.#noJump);
    let jumps = 0;
    let mean = this.#jumpsPerStep;
    for (; mean > LARGEST_MEAN; mean -= LARGEST_MEAN) jumps += this.#poisson(exp(-LARGEST_MEAN));
    return jumps + this.#poisson(exp(-mean));
  }

  #poisson(limit: number): number {
    let count = 0;
    for (let product = this.random(); product > limit; product *= this.random()) count += 1;
    return count;
  }
}

export const jumpDiffusion = declarePriceModel({
  name: "jump_diffusion",
  meaning: "A random walk of the log price with jumps.",
  parameters: PARAMETERS,
  bind: (parameters, { startPrices, stepMs, random }) => new JumpDiffusion(parameters, startPrices, stepMs, random),
});
