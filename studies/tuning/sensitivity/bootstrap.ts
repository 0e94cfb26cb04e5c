import { InvariantError, type RandomStream } from "../../../engine/index.js";
import { quantile } from "../../statistics/quantile.js";

/** An interval of a figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Confidence of every interval here. */
const CONFIDENCE = 0.95;

/** Resamples: the ends of an interval of 95 % lie at 25 values from either end. */
export const RESAMPLES = 1000;

/**
 * Percentile intervals (B. Efron, "Bootstrap methods: another look at the jackknife", 1979) of several figures of one sample: rows
 * are drawn with repetition, as many as there are, again and again, and the figures computed anew.
 * @param rows of the sample, 1 or more
 * @param figuresOf the figures of the rows at these places, always as many; one that is no number in a resample does not count in it
 * @returns for each figure an interval; null: it was a number in no resample
 */
export function bootstrapIntervals(
  rows: number,
  figuresOf: (places: Int32Array) => readonly number[],
  random: RandomStream,
  resamples: number = RESAMPLES,
): readonly (Interval | null)[] {
  if (rows < 1) throw new InvariantError("a bootstrap of no rows");
  const places = new Int32Array(rows);
  const drawn: number[][] = [];
  for (let resample = 0; resample < resamples; resample++) {
    for (let at = 0; at < rows; at++) places[at] = Math.floor(random() * rows);
    for (const [figure, value] of figuresOf(places).entries()) {
      drawn[figure] ??= [];
      if (Number.isFinite(value)) drawn[figure].push(value);
    }
  }
  return drawn.map((values) => {
    if (values.length === 0) return null;
    const sorted = Float64Array.from(values).sort();
    return { low: quantile(sorted, (1 - CONFIDENCE) / 2), high: quantile(sorted, (1 + CONFIDENCE) / 2) };
  });
}
