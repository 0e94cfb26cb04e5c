import { z } from "zod";
import { DAY_MS, instantText, LARGEST_OFFSET_MINUTES, math, TIME_LIMIT_MS } from "../../engine/index.js";

const { floor } = math;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d)))?$/;

/** Days from 1970-01-01 to a day of the Gregorian calendar (years counted from March, so that the leap day is the last). */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + floor(yearOfEra / 4) - floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Unix milliseconds of an ISO 8601 text (a day alone means its start in UTC; a time of day needs its zone), or of Unix
 * milliseconds themselves. Null for what is neither, or out of 1970 to 2109.
 */
export function instantMs(value: string | number): number | null {
  const timeMs = typeof value === "number" ? value : isoMs(value);
  return timeMs !== null && Number.isInteger(timeMs) && timeMs >= 0 && timeMs < TIME_LIMIT_MS ? timeMs : null;
}

function isoMs(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part))) as [number, number, number, number?, number?, number?];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return null;
  const [offsetHours, offsetMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (offsetMinutes > 59 || offsetHours * 60 + offsetMinutes > LARGEST_OFFSET_MINUTES) return null;
  const offset = (match[9] === "-" ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0"));
  return daysSince1970(year, month, day) * DAY_MS + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + milliseconds;
}

const error =
  "a time such as 2025-01-01, 2025-01-01T12:00:00Z or 2025-01-01T12:00:00+02:00, or Unix milliseconds; 1970 to 2109, offsets up to 14:00";

/** An instant; comes out as `instantText` writes it. */
export function instant() {
  return z
    .union([z.string(), z.number()], { error })
    .refine((value) => instantMs(value) !== null, { error })
    .transform((value) => instantText(instantMs(value) ?? 0));
}
