import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { parseMap } from "../../cli/options.js";

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
