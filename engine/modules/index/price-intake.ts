import type { Place } from "../../kernel/errors.js";
import { exp, ln, max, min } from "../../kernel/math.js";
import { type PriceBook, priceRefusal } from "../../market/price-book.js";
import type { ToldPriceMarket } from "../../market/told-price-market.js";
import { INDEX_PRICE_NETUID, type IndexSubnetConfiguration, type PriceGap } from "./configuration.js";

/** Takes recorded prices into the price book, led by shocks and but for gaps. */
export class PriceIntake {
  readonly #logFactors: readonly number[];
  readonly #gapNetuids: readonly (ReadonlySet<number> | null)[];
  #timeMs = -1;
  #factor = 1;
  #inGap = false;
  /** Prices thrown away for a gap. */
  dropped = 0;

  constructor(
    private readonly configuration: Pick<IndexSubnetConfiguration, "shocks" | "gaps">,
    private readonly prices: PriceBook,
    private readonly tokenPrices: ToldPriceMarket | null,
  ) {
    this.#logFactors = configuration.shocks.map(({ factor }) => ln(factor));
    this.#gapNetuids = configuration.gaps.map(({ netuids }) => (netuids === null ? null : new Set(netuids)));
  }

  /**
   * Takes a price above 0.
   * @returns what was taken, TAO; 0: it fell into a gap
   * @throws TenureError TEN-MARKET-103 for a price that nothing can be valued at
   */
  take(netuid: number, priceTao: number, timeMs: number, place: () => Place): number {
    if (timeMs !== this.#timeMs) this.#stand(timeMs);
    if (this.#inGap && this.#isDropped(netuid)) {
      this.dropped += 1;
      return 0;
    }
    const price = priceTao * this.#factor;
    let taken: boolean;
    if (netuid === INDEX_PRICE_NETUID) taken = this.tokenPrices === null || this.tokenPrices.take(price);
    else taken = this.prices.take(netuid, price, timeMs);
    if (!taken) throw priceRefusal(price, place());
    return price;
  }

  #stand(timeMs: number): void {
    this.#timeMs = timeMs;
    const { shocks, gaps } = this.configuration;
    let shift = 0;
    for (let i = 0; i < shocks.length; i++) {
      const { fromMs, durationMs } = shocks[i];
      shift += this.#logFactors[i] * min(1, max(0, (timeMs - fromMs) / durationMs));
    }
    this.#factor = shift === 0 ? 1 : exp(shift);
    this.#inGap = gaps.some((gap) => holds(gap, timeMs));
  }

  #isDropped(netuid: number): boolean {
    return this.configuration.gaps.some((gap, i) => holds(gap, this.#timeMs) && (this.#gapNetuids[i]?.has(netuid) ?? true));
  }
}

function holds({ fromMs, durationMs }: PriceGap, timeMs: number): boolean {
  return timeMs > fromMs && timeMs <= fromMs + durationMs;
}
