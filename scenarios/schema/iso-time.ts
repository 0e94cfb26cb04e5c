import { DAY_MS, LARGEST_OFFSET_MINUTES, math } from "../../engine/index.js";

const { floor } = math;

/** Year, month, day, hour, minute, second, fraction, zone: the same groups in both. */
const FORMS = {
  /** What a person writes into a scenario: a time of day says its zone, and nothing is finer than what is kept. */
  exact: /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?([Zz]|[+-]\d\d:?\d\d))?$/,
  /** What files of others hold, too: no zone (UTC), its hours alone, a blank before it, a comma, digits finer than ms (cut off). */
  loose: /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/,
} as const;

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

/** Minutes before UTC; null for an offset that no place has, or a minute 60, which ISO 8601 does not know. */
function offsetMinutes(zone: string): number | null {
  if (zone === "Z" || zone === "z") return 0;
  const minutesPast = Number(zone.slice(3).replace(":", ""));
  const minutes = Number(zone.slice(1, 3)) * 60 + minutesPast;
  if (minutesPast > 59 || minutes > LARGEST_OFFSET_MINUTES) return null;
  return zone.startsWith("-") ? -minutes : minutes;
}

/**
 * Unix milliseconds of an ISO 8601 instant; a day alone means its start in UTC. Null when it is none. The years 0 to 9999 are
 * taken: which of them make sense the caller says.
 */
export function isoTimeMs(text: string, form: keyof typeof FORMS): number | null {
  const match = FORMS[form].exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return null;
  const offset = offsetMinutes(match[8] ?? "Z");
  if (offset === null) return null;
  const ms = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  return daysSince1970(year, month, day) * DAY_MS + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + ms;
}
