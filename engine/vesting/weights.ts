import type { RedistributionConfiguration } from "../configuration/vesting-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import { abs } from "../kernel/math.js";
import { divide, normalise, weightScale } from "../kernel/normalise.js";

/** Is a miner's factor at least a limit? Asked where doubles cannot tell; a limit is 0 or more. */
export type FactorReaches = (miner: number, limit: Fraction) => boolean;

/**
 * From base weights to final weights (docs/explanation/weights.md): base * factor, redistribution, normalised to sum 1.
 * Sums run in index (uid) order. Where the sum is 0 all final weights are 0.
 *
 * @param base finite, 0 or more
 * @param factor multiplier to apply, at most 1e6; 0 cuts a miner
 * @param final receives the final weights
 * @param reaches default: a factor counts as the decimal that names its double
 * @returns whether anybody has a weight
 */
export function applyMultipliers(
  base: Float64Array,
  factor: Float64Array,
  count: number,
  redistribution: RedistributionConfiguration,
  final: Float64Array,
  reaches: FactorReaches = (i, limit) => Fraction.decimal(factor[i]).compare(limit) >= 0,
): boolean {
  const scale = weightScale(base, count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = base[i] * scale * factor[i];
    final[i] = weight;
    sum += weight;
  }
  if (redistribution.kind === "proportional") return divide(final, count, sum);
  cutBelowThreshold(base, factor, count, redistribution, scale, final, reaches);
  return normalise(final, count);
}

/**
 * Zeroes whose weight is below max(relative * base share, absolute) before normalisation, both shares of 0..1; normalising
 * then shares what they lose over the rest in proportion. If that would zero everyone, nobody is. Decided on the decimals:
 * reaching either counts.
 */
function cutBelowThreshold(
  base: Float64Array,
  factor: Float64Array,
  count: number,
  { relative, absolute }: { readonly relative: number; readonly absolute: number },
  scale: number,
  final: Float64Array,
  reaches: FactorReaches,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += base[i] * scale;
  let exactSum: Fraction | null = null;
  const reachesAbsolute = (i: number): boolean => {
    if (exactSum === null) {
      exactSum = Fraction.whole(0);
      for (let k = 0; k < count; k++) if (base[k] > 0) exactSum = exactSum.plus(Fraction.decimal(base[k]));
    }
    return reaches(i, Fraction.decimal(absolute).times(exactSum).over(Fraction.decimal(base[i])));
  };
  const exactRelative = Fraction.decimal(relative);
  const kept = (i: number): boolean =>
    final[i] > 0 &&
    isAtLeast(factor[i], relative, () => reaches(i, exactRelative)) &&
    isAtLeast(final[i] / sum, absolute, () => reachesAbsolute(i));
  let anyone = false;
  for (let i = 0; i < count && !anyone; i++) anyone = kept(i);
  if (!anyone) return;
  for (let i = 0; i < count; i++) if (!kept(i)) final[i] = 0;
}

/** More than a share of 2^18 weights can be off in doubles, relative to it. */
const SHARE_ERROR = 1e-9;

/** Doubles decide where they can. Everything reaches 0. */
function isAtLeast(share: number, limit: number, exactly: () => boolean): boolean {
  if (limit === 0) return true;
  return abs(share - limit) > SHARE_ERROR * limit ? share > limit : exactly();
}
