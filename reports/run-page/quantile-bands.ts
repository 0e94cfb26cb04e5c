import { quantile } from "../../studies/index.js";

/** The quantiles of a band chart: its ends, the middle half, and the middle. */
export const BAND_QUANTILES = [0, 0.25, 0.5, 0.75, 1] as const;

/** How a figure of miners is spread at each of some instants: one entry an instant, null where nobody was measured. */
export interface QuantileBands {
  readonly times_ms: readonly number[];
  readonly lowest: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly median: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly highest: readonly (number | null)[];
  /** Miners measured at each instant. */
  readonly counts: readonly number[];
}

/** @param samples the values at each instant, in any order; they are sorted in place */
export function quantileBands(timesMs: readonly number[], samples: readonly Float64Array[]): QuantileBands {
  const sorted = samples.map((values) => values.sort());
  const at = (share: number) => sorted.map((values) => (values.length === 0 ? null : quantile(values, share)));
  const [lowest, lower, median, upper, highest] = BAND_QUANTILES.map(at);
  return { times_ms: timesMs, lowest, lower, median, upper, highest, counts: samples.map(({ length }) => length) };
}
