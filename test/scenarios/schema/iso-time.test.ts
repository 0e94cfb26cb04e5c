import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoTimeMs } from "../../../scenarios/schema/iso-time.js";

const two = (value: number) => String(value).padStart(2, "0");

/** Days since 1970 of a date, counted year by year and month by month. */
function daysBefore(year: number, month: number, day: number): number {
  const isLeap = (of: number) => of % 4 === 0 && (of % 100 !== 0 || of % 400 === 0);
  let days = day - 1;
  for (let past = 1970; past < year; past++) days += isLeap(past) ? 366 : 365;
  for (let past = 1; past < month; past++) days += [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][past - 1];
  return days;
}

describe("isoTimeMs, of files of others,", () => {
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
          expect(isoTimeMs(text, "loose")).toBe(local - (west ? -1 : 1) * (zoneHours * 60 + zoneMinutes) * 60_000);
        },
      ),
    );
  });

  it("knows offsets up to 14:00 and no further", () => {
    const noon = Date.UTC(2025, 0, 1, 12);
    expect(isoTimeMs("2025-01-01T12:00:00+14:00", "loose")).toBe(noon - 14 * 3_600_000);
    expect(isoTimeMs("2025-01-01T12:00:00-14", "loose")).toBe(noon + 14 * 3_600_000);
    for (const zone of ["+14:01", "-14:01", "+15", "-23:59", "+99:99", "+05:60", "+0560"]) {
      expect(isoTimeMs(`2025-01-01T12:00:00${zone}`, "loose")).toBeNull();
    }
  });

  it("counts the years before 1970 too, and takes no year for another century's", () => {
    expect(isoTimeMs("0099-01-01", "loose")).toBe(Date.parse("0099-01-01T00:00:00Z"));
    expect(isoTimeMs("0000-02-29", "loose")).toBe(Date.parse("0000-02-29T00:00:00Z"));
    expect(isoTimeMs("0100-02-29", "loose")).toBeNull();
  });
});

describe("isoTimeMs, of scenarios,", () => {
  it("takes a part of what it takes from files of others, and the same for it", () => {
    const digits = (length: number) => fc.integer({ min: 0, max: 10 ** length - 1 }).map((value) => String(value).padStart(length, "0"));
    const zone = fc.constantFrom("", "Z", "z", "+01:00", "-0530", "+14", " Z", "+14:01", "+01:60");
    const time = fc.tuple(
      fc.constantFrom("T", " "),
      digits(2),
      digits(2),
      fc.constantFrom("", ":30", ":59.5", ":07.123", ":07,1", ":07.1234"),
      zone,
    );
    const text = fc
      .tuple(fc.constantFrom("1999", "2000", "2024", "2100"), fc.nat(13), fc.nat(32), fc.option(time))
      .map(([year, month, day, rest]) => {
        const clock = rest === null ? "" : `${rest[0]}${two(Number(rest[1]) % 25)}:${two(Number(rest[2]) % 61)}${rest[3]}${rest[4]}`;
        return `${year}-${two(month)}-${two(day)}${clock}`;
      });
    let taken = 0;
    fc.assert(
      fc.property(text, (one) => {
        const exact = isoTimeMs(one, "exact");
        if (exact === null) return;
        taken++;
        expect(isoTimeMs(one, "loose")).toBe(exact);
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it.each([
    "2025-01-01T12:00:00",
    "2025-01-01T12:00:00+01",
    "2025-01-01T12:00:00 Z",
    "2025-01-01T12:00:00,5Z",
    "2025-01-01T12:00:00.1234Z",
  ])("leaves %s to files of others", (one) => {
    expect(isoTimeMs(one, "exact")).toBeNull();
    expect(isoTimeMs(one, "loose")).not.toBeNull();
  });
});
