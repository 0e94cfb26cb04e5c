/**
 * Prices of one netuid at one instant that differ, as two recordings of one time may hold them. The later row counts (by the
 * order of the streams in the scenario, then of the rows); this counts how often it had to.
 */
export class PriceContradictions {
  /** Rows that took the place of another price of their netuid and instant. */
  count = 0;
  /** The first of them. */
  first: { readonly netuid: number; readonly timeMs: number } | null = null;
  readonly #latest = new Map<number, { timeMs: number; price: number }>();

  take(netuid: number, price: number, timeMs: number): void {
    const latest = this.#latest.get(netuid);
    if (latest === undefined) {
      this.#latest.set(netuid, { timeMs, price });
      return;
    }
    if (latest.timeMs === timeMs && latest.price !== price) {
      this.count += 1;
      this.first ??= { netuid, timeMs };
    }
    latest.timeMs = timeMs;
    latest.price = price;
  }
}
