/** Measurements of one thing, in the order they were made. */
export interface Samples {
  readonly median: number;
  readonly all: readonly number[];
}

/** @param digits decimals that are kept of each */
export function samplesOf(values: readonly number[], digits: number): Samples {
  const all = values.map((value) => Number(value.toFixed(digits)));
  const sorted = [...all].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median: Number(median.toFixed(digits)), all };
}
