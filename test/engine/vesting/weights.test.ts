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
    fc.oneof(fc.constant(0), fc.double({ min: 1e-100, max: 1e15, noNaN: true, noDefaultInfinity: true })),
    fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 1e-9, max: 5, noNaN: true })),
  ),
  { minLength: 1, maxLength: 50 },
);
const anyRedistribution = fc.oneof(
  fc.constant(PROPORTIONAL),
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
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
        if (base.some((weight, i) => weight > 0 && factor[i] > 0)) expect(sum).toBeCloseTo(1, 9);
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
    expect(final([4, 10, 2], [1, 0.6, 1], threshold(0.5, 0.1875))).toEqual([0.4, 0.6, 0]);
    expect(final([4, 10, 2], [1, 0.4, 1], threshold(0.5, 0.1875))).toEqual([1, 0, 0]);
  });

  it("zeroes nobody if it would zero everyone", () => {
    expect(final([4, 4], [0.3, 0.1], threshold())).toEqual([(4 * 0.3) / (4 * 0.3 + 4 * 0.1), (4 * 0.1) / (4 * 0.3 + 4 * 0.1)]);
    expect(final([1, 1], [1, 1], threshold(0.5, 1))).toEqual([0.5, 0.5]);
    expect(final([1, 1, 0], [0.1, 0.1, 1], threshold())).toEqual([0.5, 0.5, 0]);
  });

  it("takes the absolute bound as a share of all base weights, whatever their unit: recorded rao too", () => {
    const rao = [80e9, 15e9, 5e9];
    const all = [1, 1, 1];
    expect(final(rao, all, threshold(0, 0.1)).map((weight) => weight > 0)).toEqual([true, true, false]);
    expect(final(rao, all, threshold(0, 0.05)).map((weight) => weight > 0)).toEqual([true, true, true]);
    expect(final(rao, all, threshold(0, 0.2)).map((weight) => weight > 0)).toEqual([true, false, false]);
    const [first, second, third] = final(rao, [1, 1.4, 1], threshold(0, 0.2));
    expect([first, second, third]).toEqual([80 / 101, expect.closeTo(21 / 101, 15), 0]);
  });

  it("counts reaching the bound, by the decimals: a tenth times 1.2 of twelve is a tenth", () => {
    // 1 / 12 * 1.2 is 0.09999999999999999 in doubles, and 1.2 is below twelve tenths.
    expect(final([1, 11], [1.2, 1], threshold(0, 0.1))[0]).toBeGreaterThan(0);
    expect(final([1, 11], [1.1999, 1], threshold(0, 0.1))[0]).toBe(0);
  });

  it("agrees with fractions of whole numbers on whom it cuts", () => {
    const entry = fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 300 }));
    const bound = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), bound, bound, (entries, relative, absolute) => {
        const sum = entries.reduce((total, [base]) => total + base, 0);
        // Factors and bounds are hundredths: b * f / 100 >= a / 100 * sum, in whole numbers.
        const kept = entries.map(([base, factor]) => base * factor > 0 && factor >= relative && base * factor >= absolute * sum);
        const expected = kept.includes(true) ? kept : entries.map(([base, factor]) => base * factor > 0);
        const weights = final(
          entries.map(([base]) => base),
          entries.map(([, factor]) => factor / 100),
          threshold(relative / 100, absolute / 100),
        );
        expect(weights.map((weight) => weight > 0)).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("weights of any size", () => {
  it("gives the same shares to weights that are all larger or smaller, also where their sum would overflow or vanish", () => {
    const base = [3, 5, 8];
    const factor = [1, 1.5, 1_000_000];
    for (const redistribution of [PROPORTIONAL, threshold(0.5, 0.001)]) {
      const expected = final(base, factor, redistribution);
      // Powers of two, so that the weights keep all their digits.
      for (const exponent of [1_018, 600, -600, -1_040]) {
        const unit = 2 ** exponent;
        const shares = final(
          base.map((weight) => weight * unit),
          factor,
          redistribution,
        );
        shares.forEach((share, i) => void expect(share).toBeCloseTo(expected[i], 12));
      }
    }
  });
});
