import { expect, it } from "vitest";
import { quantile } from "../../../studies/statistics/quantile.js";

it("a quantile lies between its neighbours, as far as its share says", () => {
  expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(Float64Array.from([1, 2, 4, 8]), share))).toEqual([1, 1.75, 3, 5, 8]);
  expect(quantile(Float64Array.from([7]), 0.3)).toBe(7);
});
