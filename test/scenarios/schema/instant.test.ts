import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantText, TIME_LIMIT_MS } from "../../../engine/index.js";
import { instantMs } from "../../../scenarios/schema/instant.js";

describe("an instant", () => {
  it.each([
    "2025-01-01T00:00:00Z",
    "2024-02-29T23:59:59.999Z",
    "2000-03-01T12:34:56.1Z",
    "1970-01-01T00:00:00Z",
    "2025-01-01T12:00:00+02:00",
    "2025-01-01T00:30:00-05:30",
    "2025-12-31T23:59Z",
  ])("reads %s as Date does", (text) => {
    expect(instantMs(text)).toBe(Date.parse(text));
  });

  it("takes a day as its start in UTC, and Unix milliseconds as they are", () => {
    expect(instantMs("2025-01-01")).toBe(Date.UTC(2025, 0, 1));
    expect(instantMs(1_735_689_600_000)).toBe(1_735_689_600_000);
  });

  it.each([
    "2025-02-29",
    "1900-02-29",
    "2025-13-01",
    "2025-04-31",
    "2025-01-01T24:00:00Z",
    "2025-01-01T00:60:00Z",
    "2025-01-01T00:00:00",
    "2025-1-1",
    "1969-12-31T23:59:59Z",
    "2110-01-01",
    "yesterday",
    1.5,
    -1,
    TIME_LIMIT_MS,
  ])("refuses %s", (value) => {
    expect(instantMs(value)).toBeNull();
  });

  it("writes what it reads, for every instant", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: TIME_LIMIT_MS - 1 }), (timeMs) => {
        const text = instantText(timeMs);
        expect(instantMs(text)).toBe(timeMs);
        expect(Date.parse(text)).toBe(timeMs);
      }),
      { numRuns: 2_000 },
    );
  });
});
