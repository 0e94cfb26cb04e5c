import { DAY_MS, HOUR_MS, math } from "../../engine/index.js";

const { abs, floor, max, round, sqrt } = math;

const WEEK_MS = 7 * DAY_MS;
const MINUTE_MS = 60_000;
/** Sales less than this after the one before are parts of one. */
export const ONE_SALE_WITHIN_MS = 12 * HOUR_MS;
/** Sales from which there is a rhythm. */
export const FEWEST_SALES = 3;
/** Standard deviation of the times between sales over their mean, up to which they are regular. */
export const MOST_VARIATION = 0.5;
/** How far a median may be from whole weeks to be taken for them. */
const WEEKS_WITHIN_MS = 12 * HOUR_MS;
/** 1 January 1970 was a Thursday. */
const WEEKDAYS = ["thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"] as const;

/** When somebody who sells regularly sells: so long after it begins and after each sale, or by the week. */
export type SaleRhythm =
  | { readonly everyMs: number; readonly weekday: "any" }
  | { readonly everyMs: number; readonly weekday: (typeof WEEKDAYS)[number]; readonly atMs: number };

/**
 * The rhythms that sales may have. Sales within 12 hours of one another count as one, at the instant of its first. There are none
 * where fewer than 3 are left or the times between them vary by more than half of their mean (standard deviation over mean); else one of
 * the median time between two, to the hour, and where that is whole weeks, to half a day, one by the weekday and minute that is the median.
 * @param salesMs instants, ascending
 */
export function saleRhythms(salesMs: readonly number[]): SaleRhythm[] {
  const sales = salesMs.filter((timeMs, i) => i === 0 || timeMs - salesMs[i - 1] >= ONE_SALE_WITHIN_MS);
  if (sales.length < FEWEST_SALES) return [];
  const gaps = sales.slice(1).map((timeMs, i) => timeMs - sales[i]);
  if (variation(gaps) > MOST_VARIATION) return [];
  const gapMs = median(gaps);
  const rhythms: SaleRhythm[] = [{ everyMs: max(1, round(gapMs / HOUR_MS)) * HOUR_MS, weekday: "any" }];
  const weeks = round(gapMs / WEEK_MS);
  if (weeks >= 1 && abs(gapMs - weeks * WEEK_MS) <= WEEKS_WITHIN_MS) rhythms.push(byTheWeek(sales, weeks));
  return rhythms;
}

/** By the median of where in the week sales are, each counted from the first by the shorter way. */
function byTheWeek(sales: readonly number[], weeks: number): SaleRhythm {
  const [first] = sales;
  const offsets = sales.map((timeMs) => {
    const ahead = timeMs - first - floor((timeMs - first) / WEEK_MS) * WEEK_MS;
    return ahead > WEEK_MS / 2 ? ahead - WEEK_MS : ahead;
  });
  const minute = round((first + median(offsets)) / MINUTE_MS) * MINUTE_MS;
  const day = floor(minute / DAY_MS);
  return { everyMs: weeks * WEEK_MS, weekday: WEEKDAYS[day % 7], atMs: minute - day * DAY_MS };
}

/** The lower one of two in the middle, so that it is one of them. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[floor((values.length - 1) / 2)];
}

/** Standard deviation over mean; 0 for one value. */
function variation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return sqrt(squares / (values.length - 1)) / mean;
}
