import { isWholeParts } from "./decimal.js";
import { TenureError } from "./errors.js";
import { floor } from "./math.js";

/** The values a parameter may have. A range is stated once, beside the parameter, and serves the engine, the scenario file and its errors. */
export interface NumberRange {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
  /** Whole numbers only. */
  readonly whole?: true;
  /** At most so many decimal places, so that it can be taken exactly. */
  readonly places?: 6 | 9;
}

const PARTS = { 6: 1_000_000, 9: 1_000_000_000 } as const;

/** Is a value finite and inside a range? */
export function isWithin(value: number, { above, atLeast, below, atMost, whole, places }: NumberRange): boolean {
  return (
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (below === undefined || value < below) &&
    (atMost === undefined || value <= atMost) &&
    (whole === undefined || floor(value) === value) &&
    (places === undefined || isWholeParts(value, PARTS[places]))
  );
}

/** `a number above 0 and at most 1`, `a whole number from 1 to 100`. */
export function rangeText({ above, atLeast, below, atMost, whole, places }: NumberRange): string {
  if (whole && atLeast !== undefined && atMost !== undefined) return `a whole number from ${atLeast} to ${atMost}`;
  const low = above !== undefined ? `above ${above}` : atLeast !== undefined ? `of at least ${atLeast}` : "";
  const high = below !== undefined ? `below ${below}` : atMost !== undefined ? `at most ${atMost}` : "";
  const bounds = [low, high].filter((bound) => bound !== "").join(" and ");
  return [whole ? "a whole number" : "a number", bounds, places === undefined ? "" : `with at most ${places} decimal places`]
    .filter((part) => part !== "")
    .join(" ");
}

/** @throws TenureError of the code for a value outside its range; `path` is its dotted path */
export function requireWithin(value: number, range: NumberRange, code: string, path: string): void {
  if (isWithin(value, range)) return;
  throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found: value, allowed: rangeText(range) });
}

/** @throws TenureError of the code where a condition on the value at a dotted path does not hold */
export function requireThat(holds: boolean, code: string, path: string, found: unknown, allowed: string): void {
  if (!holds) throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found, allowed });
}

/** Is it a whole number from one to the other, both included? */
export function isWhole(value: number, from: number, to: number): boolean {
  return value >= from && value <= to && floor(value) === value;
}

/** More is no incentive but an overflow: with it a sum of 2^18 weights stays far from where doubles end. */
export const LARGEST_MULTIPLIER = 1_000_000;
/** A hundred years, in days. */
export const LONGEST_DAYS = 36_525;

export const SHARE_RANGE = { atLeast: 0, atMost: 1 } as const satisfies NumberRange;

/** Of what is done below thresholds (docs/explanation/weights.md). */
export const THRESHOLD_RANGE = SHARE_RANGE;

/** Of vesting schedules (docs/explanation/schedules.md); a thousandth of a day is 86.4 seconds. */
export const SCHEDULE_RANGES = {
  durationDays: { atLeast: 0.001, atMost: LONGEST_DAYS },
  intervalDays: { atLeast: 0.001, atMost: LONGEST_DAYS },
} as const satisfies Record<string, NumberRange>;
/** Instalments of one reward. */
export const MOST_INSTALMENTS = 100_000;

/** Of participants (docs/explanation/participants.md), fund (index-fund.md), market and prices (market.md). */
export const MARKET_RANGES = {
  fundCount: { atLeast: 1, atMost: 65_535, whole: true },
  fee: { atLeast: 0, below: 1, places: 9 },
  initialNav: { atLeast: 1e-12, atMost: 1e12 },
  chance: SHARE_RANGE,
  volatilityPerYear: { atLeast: 0, atMost: 100 },
  correlation: SHARE_RANGE,
  driftPerYear: { atLeast: -100, atMost: 100 },
  jumpsPerYear: { atLeast: 0, atMost: 100_000 },
  jumpMean: { atLeast: -10, atMost: 10 },
  jumpDeviation: { atLeast: 0, atMost: 10 },
  shockFactor: { atLeast: 1e-6, atMost: 1e6 },
} as const satisfies Record<string, NumberRange>;

export const PARTICIPANT_RANGES = {
  withdrawnShare: SHARE_RANGE,
} as const satisfies Record<string, NumberRange>;

/** Of scores and rewards (docs/explanation/rewards.md), anti-gaming (anti-gaming.md) and consensus (consensus.md). */
export const REWARD_RANGES = {
  share: SHARE_RANGE,
  volumeMultiplier: { atLeast: 0, atMost: 1000 },
  maxTop10Share: { above: 0, atMost: 1 },
  penaltyFactor: SHARE_RANGE,
  transactionsPerMinute: { atLeast: 0, atMost: 1_000_000, whole: true },
  windowEpochs: { atLeast: 1, atMost: 1000, whole: true },
  similarity: { above: 0, atMost: 1 },
} as const satisfies Record<string, NumberRange>;

export const CONSENSUS_RANGES = {
  count: { atLeast: 1, atMost: Number.MAX_SAFE_INTEGER, whole: true },
  share: SHARE_RANGE,
  /** Shares that take money, or decide whether it is taken. */
  exactShare: { atLeast: 0, atMost: 1, places: 6 },
  appealDays: { atLeast: 0, atMost: 36_500 },
  lagEpochs: { atLeast: 1, atMost: 10_000, whole: true },
  navError: { above: -1, atMost: 1000 },
} as const satisfies Record<string, NumberRange>;
