import { type Place, TenureError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { DAY_MS } from "../../kernel/time.js";
import { EmissionSnapshots, type IndexWeight } from "../../market/composition.js";
import { refuseIndexWeights } from "../../market/index-weights.js";
import type { IndexSubnetConfiguration } from "./configuration.js";

/** Where the weights of the index come from: what the streams published, or what emission rates say. */
export class CompositionSource {
  readonly #snapshots = new EmissionSnapshots();
  #published: IndexWeight[] = [];
  #publishedMs = -1;
  /** Days (since 1970) that were missing where a composition was computed. */
  readonly missingDays = new Set<number>();

  constructor(private readonly configuration: IndexSubnetConfiguration) {}

  takeEmissionRate(timeMs: number, netuid: number, emissionRate: number, place: Place): void {
    this.#snapshots.take(timeMs, netuid, emissionRate, place);
  }

  /** Rows of one instant are a set; a later one takes the place of an earlier. */
  takePublished(timeMs: number, netuid: number, weight: number): void {
    if (timeMs !== this.#publishedMs) {
      this.#published = [];
      this.#publishedMs = timeMs;
    }
    this.#published.push({ netuid, weight });
  }

  /**
   * Weights to found the fund with; null: they are not there yet, but may still be today - no composition is published, or the
   * day's own snapshot, which is part of the mean, is not in.
   * @throws TenureError TEN-INDEX-110 where none are in force on the day of the start; as `EmissionSnapshots.compose`
   */
  founding(startMs: number, timeMs: number): readonly IndexWeight[] | null {
    const { source, weights } = this.configuration.founding;
    if (source === "given") return weights;
    const startDay = floor(startMs / DAY_MS);
    const isStartDay = floor(timeMs / DAY_MS) === startDay;
    if (source === "computed") return isStartDay && !this.#snapshots.has(startDay) ? null : this.#computed(startDay);
    if (this.#published.length > 0) return this.#inForce();
    if (isStartDay) return null;
    throw new TenureError({
      code: "TEN-INDEX-110",
      what: "No composition of the index is published by the day the run starts.",
      place: { path: "index.founding.source", timeMs: startMs },
      found: "no index_weights rows",
      allowed: "index_weights rows at or before the day of the start",
      hint: "Start later, or choose founding.source: computed or given.",
    });
  }

  /** Is a composition computed from a snapshot of the day that is not in yet? */
  awaitsSnapshot(day: number): boolean {
    return this.configuration.rebalancing === "computed" && !this.#snapshots.has(day);
  }

  /**
   * Weights to rebalance to on a day (since 1970), or null for no rebalancing.
   * @throws TenureError as `EmissionSnapshots.compose`
   */
  rebalancing(day: number, founding: readonly IndexWeight[]): readonly IndexWeight[] | null {
    switch (this.configuration.rebalancing) {
      case "computed":
        return this.#computed(day);
      case "published":
        return this.#published.length > 0 ? this.#inForce() : null;
      case "founding_weights":
        return founding;
      case "never":
        return null;
    }
  }

  #computed(day: number): readonly IndexWeight[] {
    const { constituents, missingDays } = this.#snapshots.compose(day, this.configuration.fund);
    for (const missing of missingDays) this.missingDays.add(missing);
    return constituents;
  }

  #inForce(): readonly IndexWeight[] {
    refuseIndexWeights(this.#published, "index_weights");
    return this.#published;
  }
}
