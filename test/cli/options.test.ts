import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { parseMap, parseSpan } from "../../cli/options.js";

describe("a span of time", () => {
  it("is read in its unit, up to what a timer can count", () => {
    expect(["90 s", "1.5h", "10m", "10min", "24d", "576h"].map(parseSpan)).toEqual([
      90_000, 5_400_000, 600_000, 600_000, 2_073_600_000, 2_073_600_000,
    ]);
    expect(parseSpan("24d")).toBeLessThan(2 ** 31);
    for (const text of ["24.1d", "25d", "999999d", "577h", "999999999h"]) expect(() => parseSpan(text)).toThrow("at most 24 days");
    for (const text of ["", "0s", "-1s", "10", "1e3s", "10 weeks"]) expect(() => parseSpan(text)).toThrow(InvalidArgumentError);
  });
});

describe("--map", () => {
  it("gathers columns over commas and repeated options", () => {
    expect(parseMap("amount_rao=rao,time_ms=when", parseMap("netuid=subnet"))).toEqual({
      netuid: "subnet",
      amount_rao: "rao",
      time_ms: "when",
    });
  });

  it("refuses a column given twice, and what is no pair", () => {
    expect(() => parseMap("time_ms=when,time_ms=rao")).toThrow(InvalidArgumentError);
    expect(() => parseMap("time_ms=rao", { time_ms: "when" })).toThrow("time_ms is given twice");
    for (const text of ["time_ms", "", " ", "=", "time_ms=", "=when", "time_ms=when,", "time_ms=a=b"]) {
      expect(() => parseMap(text)).toThrow(InvalidArgumentError);
    }
  });

  it("knows no name before it is given", () => {
    expect(Object.keys(parseMap("__proto__=when,constructor=rao"))).toEqual(["__proto__", "constructor"]);
  });
});
