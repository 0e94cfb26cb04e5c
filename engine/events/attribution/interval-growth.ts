import { max } from "../../kernel/math.js";

/** An interval between two balances of a position, and what it grew by that no event explains. */
export interface GrownInterval {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amountRao: number;
}

/** Growth so many times the position's median is named: emission varies, but not like this. */
export const FAR_BEYOND_MEDIAN = 100;

/** Blocks between two payments on nearly every subnet: a shorter interval may hold a whole payment. */
const EPOCH_MS = 4_320_000;
/** The fewest intervals that a median of them says anything about the others. */
const FEWEST = 3;
const MOST_NAMED = 3;
/** Growth is counted in octaves of rao an epoch; the first one ends at 2^-10. */
const FIRST_END = 1 / 1024;
const OCTAVES = 64;

/**
 * Looks for intervals of one position that grew far beyond its median: where only balances are recorded, a deposit counts as
 * emission (docs/explanation/flows.md), and nothing else shows it. Growth is taken per epoch of 72 minutes. Keeps a histogram of octaves
 * and the largest intervals, so its size does not depend on how many balances there are.
 */
export class IntervalGrowth {
  private readonly octaves = new Uint32Array(OCTAVES);
  private readonly largest: { interval: GrownInterval; perEpochRao: number }[] = [];
  private intervals = 0;

  /** @param interval with an amount above 0 */
  take(interval: GrownInterval): void {
    const perEpochRao = interval.amountRao / max(1, (interval.toMs - interval.fromMs) / EPOCH_MS);
    this.intervals += 1;
    this.octaves[octaveOf(perEpochRao)] += 1;
    const { largest } = this;
    const at = largest.findIndex((one) => one.perEpochRao < perEpochRao);
    largest.splice(at === -1 ? largest.length : at, 0, { interval, perEpochRao });
    if (largest.length > MOST_NAMED) largest.pop();
  }

  /** The largest of the intervals that grew by more than `FAR_BEYOND_MEDIAN` times the median, largest first; up to three. */
  outlying(): GrownInterval[] {
    if (this.intervals < FEWEST) return [];
    let below = 0;
    let octave = 0;
    while ((below + this.octaves[octave]) * 2 <= this.intervals) below += this.octaves[octave++];
    // The end of the median's octave: what is named is so far beyond the median, wherever in the octave that is.
    const limitRao = endOf(octave) * FAR_BEYOND_MEDIAN;
    return this.largest.filter(({ perEpochRao }) => perEpochRao > limitRao).map(({ interval }) => interval);
  }
}

function octaveOf(perEpochRao: number): number {
  let octave = 0;
  for (let end = FIRST_END; octave < OCTAVES - 1 && perEpochRao >= end; end *= 2) octave += 1;
  return octave;
}

function endOf(octave: number): number {
  let end = FIRST_END;
  for (let i = 0; i < octave; i++) end *= 2;
  return end;
}
