import { floor } from "../kernel/math.js";

/** Constants of the split; one object for the reason given in `position-state.ts`. */
export const WEIGHTED_TIME = {
  /** Unit of the high limb: 2^46. */
  HIGH_UNIT: 70_368_744_177_664,
  INVERSE_HIGH_UNIT: 1 / 70_368_744_177_664,
  P26: 67_108_864,
  INVERSE_P26: 1 / 67_108_864,
  P20: 1_048_576,
  INVERSE_P20: 1 / 1_048_576,
  /** Durations below it (18.6 hours) need no split: the high half of an amount times it is below 2^53. */
  SHORT_MS: 67_108_864,
} as const;
const { P26, INVERSE_P26, P20, INVERSE_P20 } = WEIGHTED_TIME;

/**
 * Exact sums of amount * time in two doubles, value = high * 2^46 + low.
 *
 * An amount is split at 2^26 and a time at 2^20, so that the four partial products stay below 2^49 and are exact;
 * what passes 2^46 of the two middle ones is carried. |amount| <= 2^53, 0 <= time < 2^42; sums below 2^95.
 * Negative amounts take away what positive ones added.
 */
export function weightedHigh(amount: number, time: number): number {
  const a1 = floor(amount * INVERSE_P26);
  const a0 = amount - a1 * P26;
  const t1 = floor(time * INVERSE_P20);
  const t0 = time - t1 * P20;
  return a1 * t1 + floor(a0 * t1 * INVERSE_P26) + floor(a1 * t0 * INVERSE_P20);
}

/** The low part that belongs to `weightedHigh`: 0 <= low < 2^48. */
export function weightedLow(amount: number, time: number): number {
  const a1 = floor(amount * INVERSE_P26);
  const a0 = amount - a1 * P26;
  const t1 = floor(time * INVERSE_P20);
  const t0 = time - t1 * P20;
  const x = a0 * t1;
  const y = a1 * t0;
  return a0 * t0 + (x - floor(x * INVERSE_P26) * P26) * P20 + (y - floor(y * INVERSE_P20) * P20) * P26;
}
