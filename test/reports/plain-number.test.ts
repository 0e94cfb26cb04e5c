import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainNumber } from "../../reports/format/plain-number.js";
import { causeMeaning } from "../../reports/guard/formats/cause-words.js";

describe("a number in full", () => {
  it.each([
    [0.19999999999999996, "0.2"],
    [0.30000000000000004, "0.3"],
    [0.5 - 0.9, "-0.4"],
    [1 / 3, "0.333333333333"],
    [0, "0"],
    [9007199254740991, "9007199254740991"],
    [1.234567890123456e-7, "1.23456789012e-7"],
  ])("%d is %s", (value, text) => expect(plainNumber(value)).toBe(text));

  it("is as it was written, of up to twelve digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        const value = Number(`${digits}e-${places}`);
        expect(Number(plainNumber(value))).toBe(value);
      }),
    );
  });
});

it("a rule that is called after its term is not said twice", () => {
  expect(causeMeaning({ cause: "score.score", rule: "score of miners" })).toBe("score of miners");
  expect(causeMeaning({ cause: "multiplier.ceiling", rule: "geometric" })).toBe("ceiling of geometric");
});
