import { InvariantError, TenureError } from "../../kernel/errors.js";
import { floor, ln } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import { MARKET_RANGES } from "../../kernel/ranges.js";
import { number } from "../../rules/parameter.js";
import { HIGHEST_PRICE, LOWEST_PRICE } from "../price-book.js";
import { boundedLog, logPrices, priceOfLog } from "./log-price.js";
import { declarePriceModel, type PriceHistory, type PriceModel } from "./price-model.js";

/**
 * A circular block bootstrap (Politis and Romano, "A circular block-resampling procedure for stationary data", 1992):
 * blocks of recorded log returns, all subnets together, follow one another in random order, so that what moves together
 * in the recording does so here.
 */
export class BlockBootstrap implements PriceModel {
  readonly count: number;
  readonly #returns: Float64Array;
  readonly #steps: number;
  readonly #logs: Float64Array;
  #at = 0;
  #left = 0;

  /** @throws TenureError TEN-MARKET-140 for fewer than two samples, -141 for a sample that is no price */
  constructor(
    private readonly blockSteps: number,
    history: PriceHistory,
    startPrices: ArrayLike<number>,
    private readonly random: RandomStream,
  ) {
    const { count, prices } = history;
    const samples = floor(prices.length / count);
    if (!(count > 0 && samples >= 2)) {
      throw new TenureError({
        code: "TEN-MARKET-140",
        what: "There are too few recorded prices to draw returns from.",
        place: { path: "index.prices" },
        found: samples,
        allowed: "two samples or more",
      });
    }
    this.count = count;
    this.#steps = samples - 1;
    this.#returns = new Float64Array(this.#steps * count);
    for (let at = 0; at < prices.length; at++) refusePrice(prices[at], floor(at / count));
    for (let at = 0; at < this.#returns.length; at++) this.#returns[at] = ln(prices[at + count]) - ln(prices[at]);
    this.#logs = logPrices(startPrices);
  }

  step(prices: Float64Array): void {
    if (this.#left === 0) {
      this.#at = floor(this.random() * this.#steps);
      this.#left = this.blockSteps;
    }
    const first = this.#at * this.count;
    for (let i = 0; i < this.count; i++) {
      this.#logs[i] = boundedLog(this.#logs[i] + this.#returns[first + i]);
      prices[i] = priceOfLog(this.#logs[i]);
    }
    this.#at = this.#at + 1 === this.#steps ? 0 : this.#at + 1;
    this.#left -= 1;
  }
}

export const blockBootstrap = declarePriceModel({
  name: "block_bootstrap",
  meaning: "Recorded moves of all subnets together, block after block in random order.",
  parameters: {
    blockSteps: number({
      range: MARKET_RANGES.fundCount,
      code: "TEN-MARKET-130",
      meaning: "Steps of the recorded stream that are drawn together.",
    }),
  },
  needsHistory: true,
  bind({ blockSteps }, { startPrices, random, history }) {
    if (history === null || history.count !== startPrices.length) throw new InvariantError("a bootstrap without a history of its subnets");
    return new BlockBootstrap(blockSteps, history, startPrices, random);
  },
});

function refusePrice(price: number, row: number): void {
  if (price >= LOWEST_PRICE && price <= HIGHEST_PRICE) return;
  throw new TenureError({
    code: "TEN-MARKET-141",
    what: "A recorded price is not one that returns can be taken of.",
    place: { row },
    found: price,
    allowed: `a finite number from ${LOWEST_PRICE} to ${HIGHEST_PRICE} TAO per alpha`,
  });
}
