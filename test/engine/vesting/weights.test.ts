import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyMultipliers, type RedistributionConfiguration } from "../../../engine/index.js";

function final(base: readonly number[], factor: readonly number[], redistribution: RedistributionConfiguration): number[] {
  const weights = new Float64Array(base.length);
  applyMultipliers(Float64Array.from(base), Float64Array.from(factor), base.length, redistribution, weights);
  return [...weights];
}
const PROPORTIONAL: RedistributionConfiguration = { kind: "proportional" };
const threshold = (relative = 0.5, absolute = 0): RedistributionConfiguration => ({ kind: "threshold", relative, absolute });

const anyWeights = fc.array(
  fc.tuple(
    fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e15, noNaN: true, noDefaultInfinity: true })),
    fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 5, noNaN: true })),
  ),
  { minLength: 1, maxLength: 50 },
);
const anyRedistribution = fc.oneof(
  fc.constant(PROPORTIONAL),
  fc
    .tuple(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }))
    .map(([relative, absolute]) => threshold(relative, absolute)),
);

describe("applyMultipliers", () => {
  it("ends with weights that sum to 1, or with none at all", () => {
    fc.assert(
      fc.property(anyWeights, anyRedistribution, (pairs, redistribution) => {
        const base = pairs.map(([weight]) => weight);
        const factor = pairs.map(([, one]) => one);
        const weights = final(base, factor, redistribution);
        const sum = weights.reduce((a, b) => a + b, 0);
        if (base.some((weight, i) => weight * factor[i] > 0)) expect(sum).toBeCloseTo(1, 9);
        else expect(weights).toEqual(base.map(() => 0));
        for (const weight of weights) expect(weight >= 0 && weight <= 1).toBe(true);
      }),
    );
  });

  it("keeps the proportions of base times factor among who is left", () => {
    expect(final([1, 1, 2], [1.5, 1, 1], PROPORTIONAL)).toEqual([1.5 / 4.5, 1 / 4.5, 2 / 4.5]);
    expect(final([1, 1, 2], [1.5, 0, 1], PROPORTIONAL)).toEqual([1.5 / 3.5, 0, 2 / 3.5]);
    expect(final([0, 0], [2, 2], PROPORTIONAL)).toEqual([0, 0]);
  });
});

describe("redistribution: threshold", () => {
  it("zeroes who falls below half of the base weight, and shares it in proportion", () => {
    expect(final([4, 4, 2], [0.49, 1, 1], threshold())).toEqual([0, 4 / 6, 2 / 6]);
    expect(final([4, 4, 2], [0.5, 1, 1], threshold())).toEqual([2 / 8, 4 / 8, 2 / 8]);
  });

  it("takes the larger of the two bounds", () => {
    expect(final([4, 10, 2], [1, 0.6, 1], threshold(0.5, 3))).toEqual([0.4, 0.6, 0]);
    expect(final([4, 10, 2], [1, 0.4, 1], threshold(0.5, 3))).toEqual([1, 0, 0]);
  });

  it("zeroes nobody if it would zero everyone", () => {
    expect(final([4, 4], [0.3, 0.1], threshold())).toEqual([(4 * 0.3) / (4 * 0.3 + 4 * 0.1), (4 * 0.1) / (4 * 0.3 + 4 * 0.1)]);
    expect(final([1, 1], [1, 1], threshold(0.5, 100))).toEqual([0.5, 0.5]);
    expect(final([1, 1, 0], [0.1, 0.1, 1], threshold())).toEqual([0.5, 0.5, 0]);
  });
});
