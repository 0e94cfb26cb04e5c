import fc from "fast-check";
import { expect, it } from "vitest";
import { inequalityOf } from "../../../reports/run-page/lorenz-curve.js";

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 250 });

/** Gini as half the relative mean difference of all pairs. */
function giniOfPairs(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  const differences = values.reduce((sum, a) => sum + values.reduce((own, b) => own + Math.abs(a - b), 0), 0);
  return total === 0 ? 0 : differences / (2 * values.length * total);
}

it("inequality is that of a model written from its definitions", () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const found = inequalityOf(Float64Array.from(values));
      const total = values.reduce((sum, value) => sum + value, 0);
      const richest = [...values].sort((a, b) => b - a);
      const few = richest.findIndex((_, at) => richest.slice(0, at + 1).reduce((sum, value) => sum + value, 0) > total / 2) + 1;
      expect(found.members).toBe(values.length);
      expect(found.gini).toBeCloseTo(giniOfPairs(values), 9);
      expect(found.nakamoto).toBe(few);
      const top = richest.slice(0, 10).reduce((sum, value) => sum + value, 0);
      expect(found.top10_share).toBeCloseTo(total === 0 ? 0 : top / total, 9);
    }),
  );
});

it("the curve goes from nothing to all, below the diagonal, and every point of it is one of the members", () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const { lorenz } = inequalityOf(Float64Array.from(values));
      const total = values.reduce((sum, value) => sum + value, 0);
      const poorest = [...values].sort((a, b) => a - b);
      expect(lorenz[0]).toEqual([0, 0]);
      expect(lorenz.at(-1)).toEqual([1, 1]);
      expect(lorenz.length).toBeLessThanOrEqual(101);
      for (const [members, share] of lorenz) {
        const count = Math.round(members * values.length);
        const held = poorest.slice(0, count).reduce((sum, value) => sum + value, 0);
        expect(share).toBeCloseTo(total === 0 ? members : held / total, 9);
        expect(share).toBeLessThanOrEqual(members + 1e-12);
      }
    }),
  );
});
