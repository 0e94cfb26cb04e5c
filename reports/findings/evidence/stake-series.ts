import type { ColumnBatch } from "../../../engine/index.js";
import { numberColumn } from "../../reading/columns.js";
import type { RowRange } from "./epoch-rows.js";
import { grown } from "./grown.js";

export interface StakesOfEpoch {
  readonly epoch: number;
  /** Miners that had stake in this epoch or before. */
  readonly miners: number;
  /** Of them without any now. */
  readonly empty: number;
  /** Of them below the minimum that is asked of them; 0 where none is. */
  readonly below: number;
}

/** Follows the stake of the miners of one subnet. */
export class StakeSeries {
  readonly epochs: StakesOfEpoch[] = [];
  /** The longest and the most that anybody held, over all epochs. */
  mostHeldDays = 0;
  mostHeldShare = 0;
  #had = new Float64Array(256);
  #epoch = 0;
  #miners = 0;
  #empty = 0;
  #below = 0;
  /** Of whom was less than the minimum, by position: in how many epochs. */
  #belowBy = new Float64Array(256);
  #seenBy = new Float64Array(256);

  constructor(
    private readonly isMiner: (position: number) => boolean,
    /** 0: none, or one in TAO, which depends on a price. */
    private readonly minimumRao: number,
  ) {}

  begin(epoch: number): void {
    [this.#epoch, this.#miners, this.#empty, this.#below] = [epoch, 0, 0, 0];
  }

  rows(batch: ColumnBatch, { from, to }: RowRange): void {
    const [ids, stake, share, days] = ["position", "stake_rao", "held_share", "held_days"].map((name) => numberColumn(batch, name));
    for (let row = from; row < to; row++) {
      const id = ids[row];
      if (!this.isMiner(id)) continue;
      this.#had = grown(this.#had, id);
      this.#belowBy = grown(this.#belowBy, id);
      this.#seenBy = grown(this.#seenBy, id);
      if (stake[row] > 0) this.#had[id] = 1;
      if (share[row] > this.mostHeldShare) this.mostHeldShare = share[row];
      if (days[row] > this.mostHeldDays) this.mostHeldDays = days[row];
      this.#seenBy[id] += 1;
      if (stake[row] < this.minimumRao) this.#belowBy[id] += 1;
      if (this.#had[id] === 0) continue;
      this.#miners += 1;
      if (stake[row] === 0) this.#empty += 1;
      if (stake[row] < this.minimumRao) this.#below += 1;
    }
  }

  end(): void {
    this.epochs.push({ epoch: this.#epoch, miners: this.#miners, empty: this.#empty, below: this.#below });
  }

  /** Part of the epochs it was measured in that a position was below the minimum, 0..1. */
  belowPart(position: number): number {
    return (this.#seenBy[position] ?? 0) === 0 ? 0 : this.#belowBy[position] / this.#seenBy[position];
  }
}
