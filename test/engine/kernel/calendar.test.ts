import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDate, daysInMonth, daysSince1970, instantText } from "../../../engine/index.js";

/** From the year 0 on; Date is the other calendar. */
const anyDay = fc.integer({ min: -719_528, max: 200_000 });

describe("the calendar", () => {
  it("names days", () => {
    expect([calendarDate(0), calendarDate(20_345), calendarDate(11_016)]).toEqual(["1970-01-01", "2025-09-14", "2000-02-29"]);
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(calendarDate(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });

  it("counts days, the other way round", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [year, month, dayOfMonth] = calendarDate(day).split("-").map(Number) as [number, number, number];
        expect(daysSince1970(year, month, dayOfMonth)).toBe(day);
        expect(dayOfMonth).toBeLessThanOrEqual(daysInMonth(year, month));
      }),
    );
  });

  it("knows how long months are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1583, max: 9_999 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
      }),
    );
  });

  it("writes instants", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 42 }), (timeMs) => {
        expect(instantText(timeMs)).toBe(new Date(timeMs).toISOString().replace(".000Z", "Z"));
      }),
    );
  });
});
