import { DAY_MS, daysInMonth, daysSince1970, LARGEST_OFFSET_MINUTES } from "../../engine/index.js";

/** Year, month, day, hour, minute, second, fraction, zone: the same groups in both. */
const FORMS = {
  /** What a person writes into a scenario: a time of day says its zone, and nothing is finer than what is kept. */
  exact: /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?([Zz]|[+-]\d\d:?\d\d))?$/,
  /** What files of others hold, too: no zone (UTC), its hours alone, a blank before it, a comma, digits finer than ms (cut off). */
  loose: /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/,
} as const;

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
