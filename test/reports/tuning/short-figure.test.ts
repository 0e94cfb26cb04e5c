import { expect, it } from "vitest";
import { percentOf } from "../../../reports/tuning/percent-of.js";
import { shortChangeRange, shortFigure } from "../../../reports/tuning/short-figure.js";

it.each([
  [0, "0"],
  [0.000615061, "0.000615"],
  [-0.99123, "-0.991"],
  [12345.6, "12,300"],
])("%d has three digits: %s", (value, text) => {
  expect(shortFigure(value)).toBe(text);
});

it("a range of changes has signs", () => {
  expect(shortChangeRange({ low: -0.0330635, high: 0.0320639 })).toBe("-0.0331 to +0.0321");
});

it.each([
  [0, "0 %"],
  [3.32e-21, "below 0.001 %"],
  [-3.32e-21, "below 0.001 %"],
  [0.00142, "0.142 %"],
  [1, "100 %"],
])("the share %d is %s", (share, text) => {
  expect(percentOf(share)).toBe(text);
});
