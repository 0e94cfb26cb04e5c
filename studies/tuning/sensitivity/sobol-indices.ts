import { InvariantError, type RandomStream, TenureError } from "../../../engine/index.js";
import { compensatedSum } from "../../statistics/compensated-sum.js";
import { MOST_DIMENSIONS } from "../low-discrepancy/sobol-points.js";
import { sobolStream } from "../low-discrepancy/sobol-stream.js";
import { type Axis, snap, type UnitPoint } from "../space.js";
import { bootstrapIntervals, type Interval } from "./bootstrap.js";

/** Points to evaluate, for `sobolIndices`. */
export interface SobolDesign {
  readonly axes: number;
  readonly rows: number;
  /** Of each row: the point of A, the point of B, and for each axis that of A with the coordinate of B. */
  readonly points: readonly UnitPoint[];
}

/** An index with its interval of 95 %. */
export interface SobolIndex {
  readonly value: number;
  readonly interval: Interval;
  /** Does the interval hold 0, or lie below it? No share is negative: the index is indistinguishable from 0 then. */
  readonly isIndistinguishable: boolean;
}

/** What of the variance of a figure comes of an axis. */
export interface AxisIndices {
  /** By itself. */
  readonly first: SobolIndex;
  /** By itself and together with others. */
  readonly total: SobolIndex;
}

export interface SobolIndices {
  /** Rows that count: those whose points all have a value. */
  readonly rows: number;
  /** Of the figure over the space. */
  readonly variance: number;
  /** One an axis; null: the figure does not move, or fewer than two rows count. */
  readonly axes: readonly AxisIndices[] | null;
}

/** Two points of a row for each axis come from one sequence. */
const MOST_AXES = Math.floor(MOST_DIMENSIONS / 2);

/**
 * The points of A. Saltelli et al., "Variance based sensitivity analysis of model output" (2010): two samples A and B, halves of one scrambled Sobol
 * sequence, and A with one column of B for each axis.
 * @param rows 2 or more, best a power of two; rows * (axes + 2) points
 * @param random named streams of the study's seed
 * @throws TenureError for more axes than there are sequences for
 */
export function sobolDesign(axes: readonly Axis[], rows: number, random: (name: string) => RandomStream): SobolDesign {
  if (axes.length < 1 || !Number.isSafeInteger(rows) || rows < 2)
    throw new InvariantError(`a Sobol design of ${axes.length} axes and ${rows} rows`);
  if (axes.length > MOST_AXES) {
    throw new TenureError({
      code: "TEN-TRUST-006",
      what: "Sobol indices of so many parameters cannot be computed.",
      place: { path: "sensitivity" },
      found: axes.length,
      allowed: `at most ${MOST_AXES} parameters`,
      hint: "Screen them by Morris' method first, and vary those that matter.",
    });
  }
  const next = sobolStream(2 * axes.length, (at) => random(`tuning/sobol_indices/${at}`));
  const points = Array.from({ length: rows }, () => {
    const row = next();
    const [a, b] = [0, axes.length].map((offset) => axes.map((axis, at) => snap(row[offset + at], axis)));
    return [a, b, ...axes.map((_, at) => a.with(at, b[at]))];
  });
  return { axes: axes.length, rows, points: points.flat() };
}

/**
 * First-order indices by the estimator of Saltelli et al. (2010, table 2, b), total ones by that of M. J. W. Jansen (1999; table 2, f), both over
 * the variance of A and B together. Intervals by the bootstrap over rows: a little too wide, since the points are more even than
 * random ones. A row in which a value is missing does not count.
 * @param values one a point of the design, finite; null: it failed
 */
export function sobolIndices(
  design: SobolDesign,
  values: readonly (number | null)[],
  random: (name: string) => RandomStream,
): SobolIndices {
  const { axes, rows } = design;
  const width = axes + 2;
  if (values.length !== rows * width || values.some((value) => value !== null && !Number.isFinite(value))) {
    throw new InvariantError(`${values.length} values for ${rows * width} points, or values that are not finite`);
  }
  const whole = Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width)).filter(
    (row): row is number[] => !row.includes(null),
  );
  if (whole.length === 0) return { rows: 0, variance: 0, axes: null };
  const isFlat = whole.every(([a, b]) => a === whole[0][0] && b === whole[0][0]);
  const everywhere = Int32Array.from(whole, (_, at) => at);
  const variance = isFlat ? 0 : varianceOf(whole, everywhere).variance;
  if (whole.length < 2 || variance === 0) return { rows: whole.length, variance, axes: null };

  const estimates = estimatesOf(whole, everywhere);
  const intervals = bootstrapIntervals(whole.length, (places) => estimatesOf(whole, places), random("tuning/sobol_indices/bootstrap"));
  const index = (at: number): SobolIndex => {
    const value = estimates[at];
    const interval = intervals[at] ?? { low: value, high: value };
    return { value, interval, isIndistinguishable: interval.low <= 0 };
  };
  return {
    rows: whole.length,
    variance,
    axes: Array.from({ length: axes }, (_, axis) => ({ first: index(axis), total: index(axes + axis) })),
  };
}

/** Mean and variance of A and B of the rows at these places. */
function varianceOf(rows: readonly (readonly number[])[], places: Int32Array): { readonly mean: number; readonly variance: number } {
  const both = Float64Array.from({ length: 2 * places.length }, (_, at) => rows[places[at >> 1]][at & 1]);
  const mean = compensatedSum(both) / both.length;
  return { mean, variance: compensatedSum(both.map((value) => (value - mean) * (value - mean))) / both.length };
}

/** First-order indices of all axes, and then total ones. */
function estimatesOf(rows: readonly (readonly number[])[], places: Int32Array): readonly number[] {
  const axes = rows[0].length - 2;
  const { mean, variance } = varianceOf(rows, places);
  const first = new Float64Array(axes);
  const total = new Float64Array(axes);
  for (const place of places) {
    const row = rows[place];
    const [a, b] = row;
    for (let axis = 0; axis < axes; axis++) {
      const difference = row[axis + 2] - a;
      // Less the mean: the estimate is the same in expectation, and varies less.
      first[axis] += (b - mean) * difference;
      total[axis] += difference * difference;
    }
  }
  const scale = places.length * variance;
  return [...first.map((sum) => sum / scale), ...total.map((sum) => sum / (2 * scale))];
}
