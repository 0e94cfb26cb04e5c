import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lorenz, measureFairness, rankCorrelation } from "../../../engine/rewards/index.js";

const measured = (...amounts: number[]) => measureFairness(Float64Array.from(amounts), Float64Array.from(amounts));
const correlation = (one: number[], other: number[]) => rankCorrelation(Float64Array.from(one), Float64Array.from(other));

describe("fairness", () => {
  it("of equals", () => {
    const fairness = measured(5, 5, 5, 5);
    expect(fairness).toMatchObject({ gini: 0, theil: 0, herfindahl: 0.25, nakamoto: 3, top1Share: 0.25, top10Share: 1, totalRao: 20 });
    // Alike in everything: no order to compare.
    expect(fairness.scorePayCorrelation).toBe(0);
    expect([...fairness.lorenz]).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((x) => expect.closeTo(x, 15)));
  });

  it("of one who has all", () => {
    const fairness = measured(0, 0, 8, 0);
    expect(fairness).toMatchObject({ gini: 0.75, herfindahl: 1, nakamoto: 1, top1Share: 1 });
    expect(fairness.theil).toBeCloseTo(Math.log(4), 14);
    expect([...fairness.lorenz.slice(0, 8)]).toEqual(Array(8).fill(0));
    expect(fairness.lorenz[10]).toBe(1);
  });

  it("of something between, worked out by hand", () => {
    const fairness = measured(3, 1, 4, 2);
    expect(fairness.gini).toBeCloseTo(0.25, 15);
    expect(fairness.herfindahl).toBeCloseTo(0.3, 15);
    expect(fairness.nakamoto).toBe(2);
    expect(fairness.theil).toBeCloseTo([0.4, 0.8, 1.2, 1.6].reduce((total, x) => total + x * Math.log(x), 0) / 4, 14);
    expect([...lorenz(Float64Array.of(1, 2, 3, 4), 4)]).toEqual([0, 0.1, 0.3, 0.6, 1].map((x) => expect.closeTo(x, 15)));
  });

  it("of exactly half is no majority", () => {
    expect(measured(5, 5).nakamoto).toBe(2);
    expect(measured(5, 5, 1).nakamoto).toBe(2);
    expect(measured(7, 5, 1).nakamoto).toBe(1);
  });

  it("of nothing and of nobody", () => {
    for (const fairness of [measured(), measured(0, 0)]) {
      expect(fairness).toMatchObject({
        gini: 0,
        theil: 0,
        herfindahl: 0,
        nakamoto: 0,
        top1Share: 0,
        top10Share: 0,
        scorePayCorrelation: 0,
      });
      expect(fairness.lorenz[5]).toBe(0.5);
    }
  });

  it("has the rank correlation of Spearman, ties with mean ranks", () => {
    expect(correlation([1, 2, 3], [10, 20, 900])).toBe(1);
    expect(correlation([1, 2, 3], [9, 8, 7])).toBe(-1);
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
    expect(correlation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 14);
    expect(correlation([1, 1, 1], [1, 2, 3])).toBe(0);
    expect(correlation([1], [1])).toBe(0);
  });

  it("stays in its bounds whoever is asked first, and whatever the unit", () => {
    const amounts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1e12 })), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 2, max: 1000 }), (rao, unit) => {
        const fairness = measured(...rao);
        const n = rao.length;
        const values = [fairness.gini, fairness.herfindahl, fairness.top1Share, fairness.top10Share, ...fairness.lorenz];
        for (const value of values) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
        expect(fairness.theil).toBeGreaterThanOrEqual(0);
        expect(fairness.theil).toBeLessThanOrEqual(Math.log(n) + 1e-12);
        expect(fairness.top1Share).toBeLessThanOrEqual(fairness.top10Share);
        for (let k = 1; k <= 10; k++) expect(fairness.lorenz[k]).toBeGreaterThanOrEqual(fairness.lorenz[k - 1]);
        const turned = measured(...[...rao].reverse().map((amount) => amount * unit));
        for (const key of ["gini", "theil", "herfindahl", "top1Share", "top10Share"] as const) {
          expect(turned[key]).toBeCloseTo(fairness[key], 11);
        }
        expect(turned.nakamoto).toBe(fairness.nakamoto);
      }),
      { numRuns: 200 },
    );
  });
});
