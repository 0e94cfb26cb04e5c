import fc from "fast-check";
import { expect, it } from "vitest";
import { meanOf } from "../../../studies/statistics/mean.js";
import { spreadOf } from "../../../studies/statistics/spread.js";
import { brokenLimits } from "../../../studies/tuning/tuning.js";

it("the mean of equal values is that value, and no mean lies outside of its values", () => {
  expect(meanOf([0.1, 0.1, 0.1])).toBe(0.1);
  expect(meanOf([])).toBeNaN();
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
      const mean = meanOf(values);
      expect(mean).toBeGreaterThanOrEqual(Math.min(...values));
      expect(mean).toBeLessThanOrEqual(Math.max(...values));
      expect(spreadOf(values).mean).toBe(mean);
    }),
  );
});

it("three replicates that are each at a limit keep it", () => {
  const entry = { task: "t", trial: 0, replicate: 0, set: {}, spans: [], undecided: [], warnings: [], error: null };
  const entries = [0, 1, 2].map((replicate) => ({ ...entry, replicate, figures: { pot_moved: 0.1 } }));
  expect(brokenLimits([{ figure: "pot_moved", atMost: 0.1, atLeast: null }], entries)).toEqual([]);
});
