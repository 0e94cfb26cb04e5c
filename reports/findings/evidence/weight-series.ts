import { type ColumnBatch, rankWhereFalling } from "../../../engine/index.js";
import { numberColumn } from "../../reading/columns.js";
import type { RowRange } from "./epoch-rows.js";
import { grown } from "./grown.js";
import { PastJumps } from "./past-jumps.js";

/** What the weights of one epoch look like; `NaN` where a figure is not defined. */
export interface WeightsOfEpoch {
  readonly epoch: number;
  /** Miners with a base weight. */
  readonly miners: number;
  /** (largest - smallest) / largest over those miners, 0..1. */
  readonly baseRange: number;
  readonly finalRange: number;
  readonly lowestMultiplier: number;
  readonly highestMultiplier: number;
  /** What factors below 1 take of all weights, 0..1. */
  readonly taken: number;
  /** Part of all weights whose factor is below 1, 0..1. */
  readonly punished: number;
  /** Half the sum of |final - base share|: what the rule moves between miners, 0..1; like the next one of what stages that keep leave. */
  readonly moved: number;
  /** Sum of final shares, 0..1. */
  readonly finalSum: number;
  /** Spearman's correlation of base weight and final share where the linear one is below 0; else NaN. */
  readonly rankOfFinal: number;
  /** The same of base weight and the mean of each miner's earlier base shares. */
  readonly rankOfPast: number;
  /** Miners whose base share has jumped against the mean of its past (`PastJumps`), of those that had one and have one, 0..1. */
  readonly baseJumped: number;
  /** The same of the final share over the base share. */
  readonly gainJumped: number;
}

/** Follows the weights of one subnet, epoch by epoch. */
export class WeightSeries {
  readonly epochs: WeightsOfEpoch[] = [];
  /** @param kept what stages that keep by statement leave of every pot, 0..1 */
  constructor(private readonly kept = 1) {}

  #base = new Float64Array(256);
  #final = new Float64Array(256);
  #factor = new Float64Array(256);
  #ids = new Float64Array(256);
  #count = 0;
  #epoch = 0;
  readonly #shares = new PastJumps();
  readonly #gains = new PastJumps();

  begin(epoch: number): void {
    this.#epoch = epoch;
    this.#count = 0;
  }

  rows(batch: ColumnBatch, { from, to }: RowRange): void {
    const names = ["position", "base_weight", "shadow_multiplier", "final_weight"];
    const [ids, base, factor, final] = names.map((name) => numberColumn(batch, name));
    const last = this.#count + to - from;
    this.#base = grown(this.#base, last);
    this.#final = grown(this.#final, last);
    this.#factor = grown(this.#factor, last);
    this.#ids = grown(this.#ids, last);
    for (let row = from; row < to; row++) {
      const at = this.#count++;
      this.#ids[at] = ids[row];
      this.#base[at] = base[row];
      this.#factor[at] = factor[row];
      this.#final[at] = final[row];
    }
  }

  end(): void {
    const count = this.#count;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.#base[i];
    if (sum > 0 && Number.isFinite(sum)) this.epochs.push(this.#measured(count, sum));
  }

  #measured(count: number, sum: number): WeightsOfEpoch {
    const [base, final, factor] = [this.#base, this.#final, this.#factor];
    let miners = 0;
    let [lowBase, highBase, lowFinal, highFinal] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
    let [lowFactor, highFactor] = [Number.POSITIVE_INFINITY, 0];
    let [taken, punished, moved, finalSum] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      finalSum += final[i] / this.kept;
      const share = base[i] / sum;
      moved += Math.abs(final[i] / this.kept - share) / 2;
      if (base[i] === 0) continue;
      miners += 1;
      lowBase = Math.min(lowBase, base[i]);
      highBase = Math.max(highBase, base[i]);
      lowFinal = Math.min(lowFinal, final[i]);
      highFinal = Math.max(highFinal, final[i]);
      lowFactor = Math.min(lowFactor, factor[i]);
      highFactor = Math.max(highFactor, factor[i]);
      if (factor[i] >= 1) continue;
      taken += share * (1 - factor[i]);
      punished += share;
    }
    return {
      epoch: this.#epoch,
      miners,
      baseRange: (highBase - lowBase) / highBase,
      finalRange: highFinal > 0 ? (highFinal - lowFinal) / highFinal : Number.NaN,
      lowestMultiplier: lowFactor,
      highestMultiplier: highFactor,
      taken,
      punished,
      moved,
      finalSum,
      rankOfFinal: rankWhereFalling(base.subarray(0, count), final.subarray(0, count)),
      ...this.#againstPast(count, sum, finalSum),
    };
  }

  #againstPast(count: number, sum: number, finalSum: number): Pick<WeightsOfEpoch, "rankOfPast" | "baseJumped" | "gainJumped"> {
    const ids = this.#ids.subarray(0, count);
    const shares = new Float64Array(count);
    const gains = new Float64Array(count);
    const past = new Float64Array(count);
    const now = new Float64Array(count);
    let known = 0;
    for (let i = 0; i < count; i++) {
      shares[i] = this.#base[i] / sum;
      // Who has no gain keeps the one of its past.
      gains[i] = shares[i] > 0 && finalSum > 0 && this.#final[i] > 0 ? this.#final[i] / shares[i] : this.#gains.of(ids[i]);
      const before = this.#shares.of(ids[i]);
      if (before === 0) continue;
      past[known] = before;
      now[known++] = shares[i];
    }
    return {
      rankOfPast: rankWhereFalling(past.subarray(0, known), now.subarray(0, known)),
      baseJumped: this.#shares.take(ids, shares),
      gainJumped: this.#gains.take(ids, gains),
    };
  }
}
