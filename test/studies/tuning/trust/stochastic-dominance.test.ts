import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stochasticDominance } from "../../../../studies/tuning/trust/stochastic-dominance.js";

const dominance = (chosen: readonly number[], all: readonly number[]) =>
  stochasticDominance(Float64Array.from(chosen), Float64Array.from(all));
const sample = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 12 });

describe("stochastic dominance", () => {
  it.each([
    ["a shift upwards", [2, 3], [1, 2], { firstOrder: true, secondOrder: true, worstFirstOrder: 0, worstSecondOrder: 0 }],
    ["the same", [1, 2], [1, 1, 2, 2], { firstOrder: false, secondOrder: false, worstFirstOrder: 0, worstSecondOrder: 0 }],
    // Certainty: of the same mean, and less spread. Above 2 lies half of all and nothing chosen.
    ["less spread", [2, 2], [1, 3], { firstOrder: false, secondOrder: true, worstFirstOrder: 0.5, worstSecondOrder: 0 }],
    // More spread: half of the chosen lie at 1, none of all; an area of 1/2 up to 2.
    ["more spread", [1, 3], [2, 2], { firstOrder: false, secondOrder: false, worstFirstOrder: 0.5, worstSecondOrder: 0.5 }],
    ["a shift downwards", [0], [1], { firstOrder: false, secondOrder: false, worstFirstOrder: 1, worstSecondOrder: 1 }],
  ])("of %s", (_, chosen, all, expected) => {
    expect(dominance(chosen, all)).toEqual(expected);
  });

  it("of the first order is one of the second, and nobody dominates both ways", () => {
    fc.assert(
      fc.property(sample, sample, (chosen, all) => {
        const [one, other] = [dominance(chosen, all), dominance(all, chosen)];
        if (one.firstOrder) expect(one.secondOrder).toBe(true);
        expect(one.firstOrder && other.firstOrder).toBe(false);
        expect(one.secondOrder && other.secondOrder).toBe(false);
      }),
    );
  });

  it("of the first order is a larger mean of every rising function", () => {
    fc.assert(
      fc.property(sample, sample, (chosen, all) => {
        if (!dominance(chosen, all).firstOrder) return;
        const mean = (values: readonly number[], f: (value: number) => number) =>
          values.reduce((sum, value) => sum + f(value), 0) / values.length;
        for (const rising of [Math.cbrt, Math.exp, (x: number) => x, (x: number) => (x > 1 ? 1 : 0)]) {
          expect(mean(chosen, rising)).toBeGreaterThanOrEqual(mean(all, rising) - 1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leaves the chosen in their order", () => {
    const chosen = Float64Array.of(3, 1, 2);
    stochasticDominance(chosen, Float64Array.of(1));
    expect([...chosen]).toEqual([3, 1, 2]);
  });
});
