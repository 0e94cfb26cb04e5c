import { calendarDate } from "../kernel/calendar.js";
import { type Place, TenureError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import type { IndexFundConfiguration } from "./market-configuration.js";

/** What a fund holds of a subnet, as a share of its value. */
export interface IndexWeight {
  readonly netuid: number;
  /** 0..1; the weights of an index sum to 1. */
  readonly weight: number;
}

export interface Constituent extends IndexWeight {
  /** 1 for the largest. */
  readonly rank: number;
  /** Mean over all days of the window; days without the subnet count 0. */
  readonly meanEmissionRate: number;
}

export interface Composition {
  /** In order of rank. */
  readonly constituents: readonly Constituent[];
  /** Days of the window of which there is no snapshot (days since 1970). They lower every mean alike and change no weight. */
  readonly missingDays: readonly number[];
}

/** Daily emission rates, from which the index is composed (docs/explanation/index-fund.md). */
export class EmissionSnapshots {
  /** Rates by netuid of each day. */
  readonly #days = new Map<number, Map<number, number>>();

  /**
   * Takes a rate of a day's snapshot; a later rate of the same subnet and day takes the place of the earlier.
   * @throws TenureError TEN-MARKET-104 for a rate that is negative or not finite
   */
  take(timeMs: number, netuid: number, emissionRate: number, place: Place = {}): void {
    if (!(emissionRate >= 0 && emissionRate < Number.POSITIVE_INFINITY)) {
      throw new TenureError({
        code: "TEN-MARKET-104",
        what: "An emission rate is not a finite number of 0 or more.",
        place,
        found: emissionRate,
        allowed: "finite, 0 or more",
      });
    }
    const day = floor(timeMs / DAY_MS);
    let rates = this.#days.get(day);
    if (rates === undefined) {
      rates = new Map();
      this.#days.set(day, rates);
    }
    rates.set(netuid, emissionRate);
  }

  /** Is there a snapshot of that day (days since 1970)? */
  has(day: number): boolean {
    return this.#days.has(day);
  }

  /**
   * The index of a day: the subnets with the largest mean rate over the window that ends with it, ties to the lower netuid.
   *
   * @param day days since 1970; the day of the rebalancing, itself part of the window
   * @throws TenureError TEN-MARKET-105 when there is no snapshot in the window, TEN-MARKET-106 when fewer subnets than the
   * index has places emitted anything
   */
  compose(
    day: number,
    { constituents: places, averagingDays }: Pick<IndexFundConfiguration, "constituents" | "averagingDays">,
  ): Composition {
    const sums = new Map<number, number>();
    const missingDays: number[] = [];
    for (let past = day - averagingDays + 1; past <= day; past++) {
      const rates = this.#days.get(past);
      if (rates === undefined) {
        missingDays.push(past);
        continue;
      }
      for (const [netuid, rate] of rates) if (netuid !== 0) sums.set(netuid, (sums.get(netuid) ?? 0) + rate);
    }
    if (missingDays.length === averagingDays) throw this.#nothingIn(day, averagingDays);
    const eligible = [...sums].filter(([, sum]) => sum > 0).sort(([a, sumA], [b, sumB]) => sumB - sumA || a - b);
    if (eligible.length < places) {
      throw new TenureError({
        code: "TEN-MARKET-106",
        what: `Too few subnets emitted anything in the ${averagingDays} days to ${calendarDate(day)} for an index of ${places}.`,
        place: { path: "index.fund.constituents" },
        found: eligible.length,
        allowed: `${places} or more eligible subnets (netuid 0 is none)`,
        hint: "Take emission rates of more subnets, or lower constituents.",
      });
    }
    const chosen = eligible.slice(0, places);
    let total = 0;
    for (const [, sum] of chosen) total += sum;
    const constituents = chosen.map(([netuid, sum], index) => ({
      netuid,
      weight: sum / total,
      rank: index + 1,
      meanEmissionRate: sum / averagingDays,
    }));
    return { constituents, missingDays };
  }

  #nothingIn(day: number, averagingDays: number): TenureError {
    return new TenureError({
      code: "TEN-MARKET-105",
      what: "There is no snapshot of emission rates to compose the index from.",
      place: { path: "index.fund.averaging_days" },
      found: `nothing from ${calendarDate(day - averagingDays + 1)} to ${calendarDate(day)}`,
      allowed: "a snapshot of at least one day of the window",
      hint: "Choose a date the recording covers.",
    });
  }
}
