import fc from "fast-check";
import { expect, it } from "vitest";
import { calendarDate } from "../../../engine/market/calendar-date.js";

it("names days as the calendar does", () => {
  expect([calendarDate(0), calendarDate(20_345), calendarDate(11_016)]).toEqual(["1970-01-01", "2025-09-14", "2000-02-29"]);
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
      expect(calendarDate(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
    }),
  );
});
