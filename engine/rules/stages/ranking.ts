import type { StageFacts } from "./stage-facts.js";

/** Who comes before whom: by weight, largest first, then earlier registration, then lower uid. Weights of 0 have no rank. */
export class Ranking {
  /** Miners by rank, best first. */
  order = new Int32Array(256);
  /** How many have a rank. */
  count = 0;

  rank({ count, uid, registeredMs }: StageFacts, weights: Float64Array): void {
    if (this.order.length < count) this.order = new Int32Array(count * 2);
    const { order } = this;
    let ranked = 0;
    for (let i = 0; i < count; i++) if (weights[i] > 0) order[ranked++] = i;
    this.count = ranked;
    order.subarray(0, ranked).sort((a, b) => weights[b] - weights[a] || registeredMs[a] - registeredMs[b] || uid[a] - uid[b]);
  }
}
