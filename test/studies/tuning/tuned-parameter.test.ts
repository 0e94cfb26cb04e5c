import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinationsOf, parseVary } from "../../../studies/tuning/space/tuned-parameter.js";

describe("what is to be varied", () => {
  it("is a list of numbers and words", () => {
    expect(parseVary("vesting.max_multiplier=1.2, 1.5,2")).toEqual({ path: "vesting.max_multiplier", values: [1.2, 1.5, 2] });
    expect(parseVary("ledger.withdrawal_order=filo,fifo")).toEqual({ path: "ledger.withdrawal_order", values: ["filo", "fifo"] });
    expect(parseVary("a.0.b=true,false,1e-3,-2")).toEqual({ path: "a.0.b", values: [true, false, 0.001, -2] });
  });

  it("is a range by its decimals, ends included", () => {
    expect(parseVary("a=0.5..1:6").values).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(parseVary("a=1..0:5").values).toEqual([1, 0.75, 0.5, 0.25, 0]);
    expect(parseVary("a=-1..2:4").values).toEqual([-1, 0, 1, 2]);
    const tenths = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(tenths, fc.integer({ min: 1, max: 99 }), fc.integer({ min: 2, max: 40 }), (from, step, n) => {
        const { values } = parseVary(`a=${from / 10}..${(from + step * (n - 1)) / 10}:${n}`);
        expect(values).toEqual(Array.from({ length: n }, (_, i) => (from + step * i) / 10 + 0));
      }),
    );
  });

  it.each([
    "",
    "a",
    "=1",
    "a=",
    "a=1,,2",
    "a=1..2",
    "a=1..2:1",
    "a=1..2:1001",
    "a=1..x:3",
    "a=1e999",
    "a={b: 1}",
    "a b=1",
    "a=1,1",
    "a=1..1:2",
  ])("is refused as %j", (text) => {
    expect(() => parseVary(text)).toThrow(/TEN-TUNE-101/);
  });

  it("is every combination once, the last fastest", () => {
    const parameters = [parseVary("a=1,2"), parseVary("b=x,y,z")];
    expect(combinationsOf(parameters)).toEqual([
      [1, "x"],
      [1, "y"],
      [1, "z"],
      [2, "x"],
      [2, "y"],
      [2, "z"],
    ]);
  });

  it("is refused for nothing, for a key that is given twice and for more trials than anybody waits for", () => {
    expect(() => combinationsOf([])).toThrow(/TEN-TUNE-102/);
    expect(() => combinationsOf([parseVary("a=1,2"), parseVary("a=3")])).toThrow(/TEN-TUNE-102.*twice/);
    const many = ["a", "b"].map((path) => parseVary(`${path}=1..1000:1000`));
    expect(() => combinationsOf(many)).toThrow(/TEN-TUNE-102.*too many/);
  });
});
