import { type ColumnBatch, FEWEST_RANKED, rankWhereFalling } from "../../../engine/index.js";
import { numberColumn } from "../../reading/columns.js";
import type { RowRange } from "./epoch-rows.js";
import { grown } from "./grown.js";

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
  /** Half the sum of |final - base share|: what the rule moves between miners, 0..1. */
  readonly moved: number;
  /** Sum of final shares, 0..1. */
  readonly finalSum: number;
  /** Spearman's correlation of base weight and final share where the linear one is below 0; else NaN. */
  readonly rankOfFinal: number;
  /** The same of base weight and the mean of each miner's earlier base shares. */
  readonly rankOfPast: number;
  /** Miners whose base share is beyond `JUMP` times what it was, or below 1 / `JUMP` of it, of those that had one and have one, 0..1. */
  readonly baseJumped: number;
  /** The same of the final share over the base share. */
  readonly gainJumped: number;
}

/** A share that grows or falls by half in one epoch is no drift: the jitter of the shipped subnets is a tenth. */
export const JUMP = 1.5;
/** Weight of the newest epoch in the mean of the past ones: the past of about sixteen epochs. */
const NEWEST = 1 / 16;

/** Follows the weights of one subnet, epoch by epoch. */
export class WeightSeries {
  readonly epochs: WeightsOfEpoch[] = [];
  #base = new Float64Array(256);
  #final = new Float64Array(256);
  #factor = new Float64Array(256);
  #ids = new Float64Array(256);
  #count = 0;
  #epoch = 0;
  /** Means of the past by position; 0: none yet. */
  #pastShare = new Float64Array(256);
  #pastGain = new Float64Array(256);

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
      finalSum += final[i];
      const share = base[i] / sum;
      moved += Math.abs(final[i] - share) / 2;
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
    let largest = 0;
    for (let i = 0; i < count; i++) largest = Math.max(largest, this.#ids[i]);
    this.#pastShare = grown(this.#pastShare, largest);
    this.#pastGain = grown(this.#pastGain, largest);
    const [pastShare, pastGain] = [this.#pastShare, this.#pastGain];
    const past = new Float64Array(count);
    const now = new Float64Array(count);
    // Who stops or begins makes the shares of all others jump: they are compared among those who are there before and now.
    let [known, common, pastSum, nowSum, gainKnown, gainJumps] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const id = this.#ids[i];
      const share = this.#base[i] / sum;
      const gain = share > 0 && finalSum > 0 ? this.#final[i] / share : 0;
      if (pastShare[id] > 0) {
        past[known] = pastShare[id];
        now[known++] = share;
        if (share > 0) {
          common += 1;
          pastSum += pastShare[id];
          nowSum += share;
        }
      }
      if (pastGain[id] > 0 && gain > 0) {
        gainKnown += 1;
        if (hasJumped(gain, pastGain[id])) gainJumps += 1;
      }
      pastShare[id] = pastShare[id] > 0 ? pastShare[id] + (share - pastShare[id]) * NEWEST : share;
      if (gain > 0) pastGain[id] = pastGain[id] > 0 ? pastGain[id] + (gain - pastGain[id]) * NEWEST : gain;
    }
    let baseJumps = 0;
    for (let i = 0; i < known; i++) if (now[i] > 0 && hasJumped(now[i] / nowSum, past[i] / pastSum)) baseJumps += 1;
    return {
      rankOfPast: rankWhereFalling(past.subarray(0, known), now.subarray(0, known)),
      baseJumped: common < FEWEST_RANKED ? Number.NaN : baseJumps / common,
      gainJumped: gainKnown < FEWEST_RANKED ? Number.NaN : gainJumps / gainKnown,
    };
  }
}

function hasJumped(now: number, past: number): boolean {
  return now > JUMP * past || now * JUMP < past;
}
