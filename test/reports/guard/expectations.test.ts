import { describe, expect, it } from "vitest";
import { checkExpectations } from "../../../reports/guard/expectations/check-expectations.js";
import { meets, parseExpectation } from "../../../reports/guard/expectations/expectation.js";
import { foundWords } from "../../../reports/guard/formats/found-words.js";

describe("an expectation", () => {
  it.each([
    ["pot_moved < 6 %", { figure: "pot_moved", comparison: "<", value: 0.06, unit: "%" }],
    ["pot_moved<=5.61%", { comparison: "<=", value: 0.0561, unit: "%" }],
    ["index/pay_gini >= 0.03", { figure: "index/pay_gini", comparison: ">=", value: 0.03, unit: "" }],
    ["unallocated = 0 alpha", { comparison: "=", value: 0, unit: "alpha" }],
    ["end_nav > -1.5e-3 TAO", { value: -0.0015, unit: "TAO" }],
  ])("%s", (text, expected) => expect(parseExpectation(text)).toMatchObject(expected));

  it.each([
    "",
    "pot_moved",
    "pot_moved <",
    "< 6",
    "pot_moved ~ 6",
    "pot_moved < six",
    "pot_moved < 6 % %",
    "pot_moved < 1e999",
    "a b < 1",
    "x == 1",
  ])("%j is none", (text) => expect(parseExpectation(text)).toBeNull());

  it("counts a limit that is met exactly by its comparison", () => {
    const found = [0.05, 0.06, 0.07];
    const of = (text: string) => found.map((one) => meets(parseExpectation(text) ?? { comparison: "<", value: Number.NaN }, one));
    expect(of("x < 6 %")).toEqual([true, false, false]);
    expect(of("x <= 6 %")).toEqual([true, true, false]);
    expect(of("x = 6 %")).toEqual([false, true, false]);
    expect(of("x >= 6 %")).toEqual([false, true, true]);
    expect(of("x > 6 %")).toEqual([false, false, true]);
  });
});

describe("what a figure is, in words", () => {
  it.each([
    [1067.742214856, "residual/recycle = 1067.742214857 alpha", "1067.742214856 alpha"],
    [1067.742215, "residual/recycle = 1067.742214857 alpha", "1067.742215 alpha"],
    [1067.7422148561, "residual/recycle = 1067.7422148562 alpha", "1067.7422148561 alpha"],
    [1067.742214857, "residual/recycle = 1067.742214857 alpha", "1,067.74 alpha"],
    [1067.742214857, "residual/recycle < 1000 alpha", "1,067.74 alpha"],
    [0.0600001, "pot_moved < 6 %", "6.00001 %"],
    [0.05, "pot_moved < 6 %", "5.00 %"],
    [0.06000000000000001, "pot_moved <= 6 %", "0.06000000000000001, where 6 % is 0.06"],
    [0.30000000000000004, "pay_gini = 0.3", "0.30000000000000004"],
  ])("%d of %s: %s", (found, text, words) => {
    const expectation = parseExpectation(text);
    expect(foundWords({ value: Number.NaN, unit: "", ...expectation, found })).toBe(words);
  });
});

describe("figures", () => {
  const figures = [
    { name: "pot_moved", unit: "", meaning: "Moved.", value: 0.05 },
    { name: "emission", unit: "alpha", meaning: "Paid.", value: 100 },
  ];
  const check = (text: string) => {
    const expectation = parseExpectation(text);
    return checkExpectations(expectation === null ? [] : [expectation], figures);
  };

  it("are compared", () => {
    expect(check("pot_moved < 6 %")).toMatchObject([{ met: true, found: 0.05 }]);
    expect(check("emission = 99 alpha")).toMatchObject([{ met: false, found: 100 }]);
  });

  it("that are none are refused with the nearest name", () => {
    expect(() => check("pot_movd < 1")).toThrow(expect.objectContaining({ code: "TEN-GUARD-006", hint: "Did you mean pot_moved?" }));
  });

  it.each(["emission < 5 %", "emission < 5 TAO", "pot_moved < 5 alpha"])("%s is of another unit", (text) => {
    expect(() => check(text)).toThrow(expect.objectContaining({ code: "TEN-GUARD-007" }));
  });
});
