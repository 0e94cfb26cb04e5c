import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIsoTime } from "../../../recorders/importers/input-values.js";

const two = (value: number) => String(value).padStart(2, "0");

/** Days since 1970 of a date, counted year by year and month by month. */
function daysBefore(year: number, month: number, day: number): number {
  const isLeap = (of: number) => of % 4 === 0 && (of % 100 !== 0 || of % 400 === 0);
  let days = day - 1;
  for (let past = 1970; past < year; past++) days += isLeap(past) ? 366 : 365;
  for (let past = 1; past < month; past++) days += [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][past - 1];
  return days;
}

describe("parseIsoTime", () => {
  it("agrees with a count of days, hours and offset", () => {
    fc.assert(
      fc.property(
        fc.record({
          year: fc.integer({ min: 1971, max: 2100 }),
          month: fc.integer({ min: 1, max: 12 }),
          day: fc.integer({ min: 1, max: 28 }),
          hour: fc.integer({ min: 0, max: 23 }),
          minute: fc.integer({ min: 0, max: 59 }),
          second: fc.integer({ min: 0, max: 59 }),
          ms: fc.integer({ min: 0, max: 999 }),
          zoneHours: fc.integer({ min: 0, max: 13 }),
          zoneMinutes: fc.integer({ min: 0, max: 59 }),
          west: fc.boolean(),
          form: fc.constantFrom("colon", "bare", "space"),
        }),
        ({ year, month, day, hour, minute, second, ms, zoneHours, zoneMinutes, west, form }) => {
          const zone = `${west ? "-" : "+"}${two(zoneHours)}${form === "bare" ? "" : ":"}${two(zoneMinutes)}`;
          const date = `${year}-${two(month)}-${two(day)}`;
          const text = `${date}${form === "space" ? " " : "T"}${two(hour)}:${two(minute)}:${two(second)}.${String(ms).padStart(3, "0")}${zone}`;
          const local = ((daysBefore(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + ms;
          expect(parseIsoTime(text)).toBe(local - (west ? -1 : 1) * (zoneHours * 60 + zoneMinutes) * 60_000);
        },
      ),
    );
  });

  it("knows offsets up to 14:00 and no further", () => {
    const noon = Date.UTC(2025, 0, 1, 12);
    expect(parseIsoTime("2025-01-01T12:00:00+14:00")).toBe(noon - 14 * 3_600_000);
    expect(parseIsoTime("2025-01-01T12:00:00-14")).toBe(noon + 14 * 3_600_000);
    for (const zone of ["+14:01", "-14:01", "+15", "-23:59", "+99:99", "+05:60", "+0560"]) {
      expect(parseIsoTime(`2025-01-01T12:00:00${zone}`)).toBeUndefined();
    }
  });
});
