import fc from "fast-check";
import { expect, it } from "vitest";
import { tickLabels } from "../../../reports/html/browser/tick-labels.js";

it("ticks have the decimals that their step needs", () => {
  expect(tickLabels([0.0485, 0.04875, 0.049], 0.00025)).toEqual(["0.04850", "0.04875", "0.04900"]);
  expect(tickLabels([-0.2, -0.1, 2e-17, 0.1, 0.1 + 0.2], 0.1)).toEqual(["-0.2", "-0.1", "0.0", "0.1", "0.3"]);
  expect(tickLabels([0, 2000, 4000], 2000)).toEqual(["0", "2,000", "4,000"]);
});

it("no two ticks read alike, and each reads as what it is", () => {
  const step = fc
    .tuple(fc.constantFrom(1, 2, 2.5, 5), fc.integer({ min: -9, max: 9 }))
    .map(([digits, power]) => Number(`${digits}e${power}`));
  fc.assert(
    fc.property(step, fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 2, max: 12 }), (step, first, count) => {
      const ticks = Array.from({ length: count }, (_, at) => (first + at) * step);
      const labels = tickLabels(ticks, step);
      expect(new Set(labels).size).toBe(count);
      labels.forEach((label, at) => {
        expect(Math.abs(Number(label.replaceAll(",", "")) - ticks[at])).toBeLessThan(step * 1e-6);
      });
    }),
  );
});
