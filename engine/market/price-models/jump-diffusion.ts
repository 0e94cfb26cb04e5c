import { exp, sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import type { PriceModelConfiguration } from "../market-configuration.js";
import { CorrelatedDeviates } from "./correlated-deviates.js";
import { boundedLog, logPrices, priceOfLog, YEAR_MS } from "./log-price.js";
import { normalDeviates } from "./normal-deviates.js";
import type { PriceModel } from "./price-model.js";

/** Expected jumps drawn at once at most: with more, `exp` of minus them would lose all digits. */
const LARGEST_MEAN = 30;

/**
 * Geometric Brownian motion with jumps (Merton, "Option pricing when underlying stock returns are discontinuous", 1976):
 * jumps of the log price come as a Poisson process, each normal. The drift is that of the expected price, jumps included.
 */
export class JumpDiffusion implements PriceModel {
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
    configuration: Extract<PriceModelConfiguration, { kind: "jump_diffusion" }>,
    startPrices: ArrayLike<number>,
    stepMs: number,
    private readonly random: RandomStream,
  ) {
    const { driftPerYear, volatilityPerYear, jumpsPerYear, jumpMean, jumpDeviation, correlation } = configuration;
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
