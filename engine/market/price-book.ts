import { LARGEST_NETUID } from "../books/accounts.js";
import { type Place, TenureError } from "../kernel/errors.js";
import { max, min } from "../kernel/math.js";

/** Prices outside this range are refused: with them a value in rao stays finite and above 0. TAO per alpha. */
export const LOWEST_PRICE = 1e-12;
export const HIGHEST_PRICE = 1e12;
const LOWEST = LOWEST_PRICE;
const HIGHEST = HIGHEST_PRICE;

/** The latest price of each subnet's alpha, in TAO, and when it was taken. */
export class PriceBook {
  #prices = new Float64Array(256);
  #timesMs = new Float64Array(256).fill(-1);
  #newestMs = -1;
  #version = 0;

  /** When the newest price of any subnet was taken; -1: there is none yet. */
  get newestMs(): number {
    return this.#newestMs;
  }

  /** Changes with every price taken. */
  get version(): number {
    return this.#version;
  }

  /**
   * Takes a price.
   * @returns false, and nothing is taken, when it is no price: not finite, 0, negative, or outside 1e-12 to 1e12 TAO an alpha
   */
  take(netuid: number, priceTaoPerAlpha: number, timeMs: number): boolean {
    if (!(priceTaoPerAlpha >= LOWEST && priceTaoPerAlpha <= HIGHEST)) return false;
    if (netuid >= this.#prices.length) this.#widen(netuid);
    this.#prices[netuid] = priceTaoPerAlpha;
    this.#timesMs[netuid] = timeMs;
    if (timeMs > this.#newestMs) this.#newestMs = timeMs;
    this.#version += 1;
    return true;
  }

  /** The latest price in TAO; 0 where there is none yet. */
  priceOf(netuid: number): number {
    return netuid < this.#prices.length ? this.#prices[netuid] : 0;
  }

  /** When the latest price was taken; -1 where there is none yet. */
  timeOf(netuid: number): number {
    return netuid < this.#timesMs.length ? this.#timesMs[netuid] : -1;
  }

  /** Is there a price of the subnet that is not older than the limit? */
  isFresh(netuid: number, timeMs: number, staleAfterMs: number): boolean {
    const takenMs = this.timeOf(netuid);
    return takenMs >= 0 && timeMs - takenMs <= staleAfterMs;
  }

  /** The one of the subnets whose latest price is oldest, or missing; -1 when there are none. */
  stalestOf(netuids: ArrayLike<number>): number {
    let stalest = -1;
    for (let i = 0; i < netuids.length; i++) {
      if (stalest === -1 || this.timeOf(netuids[i]) < this.timeOf(stalest)) stalest = netuids[i];
    }
    return stalest;
  }

  #widen(netuid: number): void {
    const length = min(max(netuid + 1, this.#prices.length * 2), LARGEST_NETUID + 1);
    const prices = new Float64Array(length);
    const timesMs = new Float64Array(length).fill(-1);
    prices.set(this.#prices);
    timesMs.set(this.#timesMs);
    this.#prices = prices;
    this.#timesMs = timesMs;
  }
}

/** The refusal of what `PriceBook.take` did not take. */
export function priceRefusal(priceTaoPerAlpha: number, place: Place): TenureError {
  return new TenureError({
    code: "TEN-MARKET-103",
    what: "A price is not one that a basket can be valued at.",
    place,
    found: priceTaoPerAlpha,
    allowed: `a finite number from ${LOWEST} to ${HIGHEST} TAO per alpha`,
    hint: "Shocks count: a price and all factors of its time together must stay in this range.",
  });
}
