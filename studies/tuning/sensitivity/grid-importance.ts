import { InvariantError } from "../../../engine/index.js";
import { compensatedSum } from "../../statistics/compensated-sum.js";
import { meanOf } from "../../statistics/mean.js";

/** What of the variance of a figure over a grid comes of a parameter, 0 to 1. */
export interface VarianceShares {
  /** Of the parameter by itself. */
  readonly first: number;
  /** By itself and together with others; never below `first`, but for rounding. */
  readonly total: number;
}

export interface GridImportance {
  /** Of the figure over the points of the grid, each counted once. */
  readonly variance: number;
  /** One a parameter; null: the figure is the same at all points. */
  readonly parameters: readonly VarianceShares[] | null;
}

/**
 * Shares of the variance of a figure over a complete grid, exact for its points: the functional analysis of variance (B. Efron & C. Stein, "The
 * jackknife estimate of variance", Annals of Statistics 9, 1981; I. M. Sobol 1993) with each value of a parameter as likely as any other.
 * First: the variance of the means by the parameter's value. Total: the mean of the variances among points that differ in the
 * parameter alone. Without interactions they are equal, and sum to 1.
 * @param combinations of each trial its values, in the order of the parameters
 * @param figures of each trial, finite; null: it failed
 * @returns null where the trials are not each combination of the values once, or one of them failed
 */
export function gridImportance(
  combinations: readonly (readonly (number | string | boolean)[])[],
  figures: readonly (number | null)[],
): GridImportance | null {
  const parameters = combinations[0]?.length ?? 0;
  if (figures.length !== combinations.length || figures.some((figure) => figure !== null && !Number.isFinite(figure))) {
    throw new InvariantError(`${figures.length} figures of ${combinations.length} trials, or figures that are not finite`);
  }
  const values = figures.filter((figure) => figure !== null);
  if (parameters === 0 || values.length !== figures.length || !isComplete(combinations, parameters)) return null;
  if (values.every((value) => value === values[0])) return { variance: 0, parameters: null };
  const variance = varianceOf(values);
  // Apart by less than the square of a double's smallest steps.
  if (variance === 0) return { variance, parameters: null };
  const shares = Array.from({ length: parameters }, (_, at): VarianceShares => {
    const alike = grouped(combinations, values, (own) => own[at]);
    const alone = grouped(combinations, values, (own) => JSON.stringify(own.toSpliced(at, 1)));
    return { first: varianceOf(alike.map(meanOf)) / variance, total: meanOf(alone.map(varianceOf)) / variance };
  });
  return { variance, parameters: shares };
}

/** Is each combination of the values there once? */
function isComplete(combinations: readonly (readonly unknown[])[], parameters: number): boolean {
  const counts = Array.from({ length: parameters }, (_, at) => new Set(combinations.map((own) => own[at])).size);
  if (counts.reduce((product, count) => product * count, 1) !== combinations.length) return false;
  return new Set(combinations.map((own) => JSON.stringify(own))).size === combinations.length;
}

function grouped<Combination, Value>(
  combinations: readonly Combination[],
  values: readonly Value[],
  keyOf: (combination: Combination) => unknown,
): readonly (readonly Value[])[] {
  const groups = new Map<unknown, Value[]>();
  for (const [at, combination] of combinations.entries()) {
    const key = keyOf(combination);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [values[at]]);
    else group.push(values[at]);
  }
  return [...groups.values()];
}

/** Of all there are, not of a sample of them. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return compensatedSum(values.map((value) => (value - mean) * (value - mean))) / values.length;
}
