import type { StageFacts } from "./stage-facts.js";

/** Moves a miner, on average, within which an order counts as nearly right; from there on sorting it anew is cheaper. */
const MOVES_EACH = 8;

/** Who comes before whom: by weight, largest first, then earlier registration, then lower uid. Weights of 0 have no rank. */
export class Ranking {
  /** Miners by rank, best first. */
  order = new Int32Array(256);
  /** How many have a rank. */
  count = 0;
  private isListed = new Uint8Array(256);

  /** Begins with the order of the last time: from epoch to epoch few change places. */
  rank(facts: StageFacts, weights: Float64Array): void {
    this.list(facts.count, weights);
    if (!this.movesIntoPlace(facts, weights)) this.sort(facts, weights);
  }

  /** Those with a weight: who was ranked before in that order, then all others. */
  private list(count: number, weights: Float64Array): void {
    if (this.order.length < count) {
      const longer = new Int32Array(count * 2);
      longer.set(this.order.subarray(0, this.count));
      this.order = longer;
      this.isListed = new Uint8Array(count * 2);
    }
    const { order, isListed } = this;
    isListed.fill(0, 0, count);
    let ranked = 0;
    for (let k = 0; k < this.count; k++) {
      const i = order[k];
      if (i >= count || !(weights[i] > 0)) continue;
      order[ranked++] = i;
      isListed[i] = 1;
    }
    for (let i = 0; i < count; i++) if (weights[i] > 0 && isListed[i] === 0) order[ranked++] = i;
    this.count = ranked;
  }

  /** Moves each before those that it comes before. @returns false: too many moves, the order is not right yet */
  private movesIntoPlace({ uid, registeredMs }: StageFacts, weights: Float64Array): boolean {
    const { order, count } = this;
    let movesLeft = count * MOVES_EACH;
    for (let k = 1; k < count; k++) {
      const i = order[k];
      let at = k;
      for (; at > 0; at--) {
        const other = order[at - 1];
        const before = weights[other] - weights[i] || registeredMs[i] - registeredMs[other] || uid[i] - uid[other];
        if (before > 0) break;
        order[at] = other;
      }
      order[at] = i;
      movesLeft -= k - at;
      if (movesLeft < 0) return false;
    }
    return true;
  }

  private sort({ uid, registeredMs }: StageFacts, weights: Float64Array): void {
    this.order.subarray(0, this.count).sort((a, b) => weights[b] - weights[a] || registeredMs[a] - registeredMs[b] || uid[a] - uid[b]);
  }
}
