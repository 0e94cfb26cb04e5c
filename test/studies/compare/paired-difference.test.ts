import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_PAIRS, neededPairs } from "../../../studies/compare/needed-pairs.js";
import { pairedDifference } from "../../../studies/compare/paired-difference.js";
import { tQuantile } from "../../../studies/compare/t-quantile.js";
import { studentTQuantile } from "../../../studies/index.js";

/** Student's t for two-sided 95 %, by degrees of freedom, as printed in tables. */
const PRINTED: Readonly<Record<number, number>> = {
  1: 12.706,
  2: 4.303,
  3: 3.182,
  4: 2.776,
  5: 2.571,
  6: 2.447,
  7: 2.365,
  8: 2.306,
  9: 2.262,
};

/** Mean and half width of the 95 % interval by the definitions. */
function byHand(values: readonly number[]): { mean: number; half: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, half: (PRINTED[n - 1] * Math.sqrt(squares / (n - 1))) / Math.sqrt(n) };
}

describe("the mean difference within pairs", () => {
  it("has the interval of the paired t test: Student's sleep data (1908), ten patients and two drugs", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { mean, interval, verdict } = pairedDifference(second.map((value, at) => value - first[at]));
    // As printed by R: t.test(extra ~ group, data = sleep, paired = TRUE).
    expect(mean).toBeCloseTo(1.58, 12);
    expect(interval?.low).toBeCloseTo(0.7001142, 6);
    expect(interval?.high).toBeCloseTo(2.4598858, 6);
    expect(verdict.kind).toBe("told_apart");
  });

  it("of one pair has no interval", () => {
    expect(pairedDifference([0.25])).toMatchObject({ n: 1, mean: 0.25, interval: null, verdict: { kind: "one_pair" } });
  });

  it("that is 0 in all pairs is no difference, and one that is the same in all is told apart by two", () => {
    expect(pairedDifference([0, 0, 0]).verdict).toEqual({ kind: "same" });
    expect(pairedDifference([0.1, 0.1, 0.1]).verdict).toEqual({ kind: "told_apart", pairs: 2 });
  });

  it("that is 0 on average is told apart by no number of pairs", () => {
    expect(pairedDifference([1, -1]).verdict).toEqual({ kind: "not_told_apart", pairs: null });
  });

  it("was told apart from the first number of pairs on after which the interval never held 0 again", () => {
    // 1 and 1.1 exclude 0; -1 brings it back in.
    const values = [1, 1.1, -1, 1, 1, 1, 1, 1, 1, 1];
    const excludes = (count: number) => {
      const { mean, half } = byHand(values.slice(0, count));
      return Math.abs(mean) > half;
    };
    expect([2, 3, 10].map(excludes)).toEqual([true, false, true]);
    const since = [2, 3, 4, 5, 6, 7, 8, 9, 10].find((count) =>
      Array.from({ length: 11 - count }, (_, more) => count + more).every(excludes),
    );
    expect(pairedDifference(values).verdict).toEqual({ kind: "told_apart", pairs: since });
  });

  it("agrees with the definitions for any few pairs", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 2, maxLength: 10 }), (values) => {
        const { mean, half } = byHand(values);
        const found = pairedDifference(values);
        expect(found.mean).toBeCloseTo(mean, 9);
        expect(found.interval?.high).toBeCloseTo(mean + half, -Math.log10(Math.max(half, 1) / 1_000) - 1);
        // The printed quantiles have four digits: near the border they do not decide.
        if (Math.abs(Math.abs(mean) - half) < 1e-3 * half || half === 0) return;
        expect(found.verdict.kind).toBe(Math.abs(mean) > half ? "told_apart" : "not_told_apart");
      }),
    );
  });

  it("does not depend on the size of a common shift of both sides, however large", () => {
    const differences = [1e-7, 2e-7, 3e-7];
    expect(pairedDifference(differences.map((value) => value + 1e6 - 1e6)).mean).toBeCloseTo(2e-7, 9);
  });
});

describe("how many pairs are needed", () => {
  // Published for a two-sided paired t test at 5 %, power 80 % (Cohen 1988; G*Power 3.1): d / s and pairs.
  it.each([
    [0.2, 199],
    [0.5, 34],
    [0.8, 15],
  ])("for a difference of %f standard deviations is %i", (effect, pairs) => {
    expect(neededPairs(effect, 1)).toBe(pairs);
    expect(neededPairs(-effect * 1e-9, 1e-9)).toBe(pairs);
  });

  it("is two where nothing varies, and no number where there is nothing to see or too little", () => {
    expect(neededPairs(1, 0)).toBe(2);
    expect(neededPairs(0, 1)).toBeNull();
    expect(neededPairs(1, MOST_PAIRS)).toBeNull();
  });

  it("is the smallest that is enough", () => {
    const isEnough = (n: number, spread: number) => n >= ((studentTQuantile(0.975, n - 1) + studentTQuantile(0.8, n - 1)) * spread) ** 2;
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 6, noNaN: true }), (spread) => {
        let naive = 2;
        while (!isEnough(naive, spread)) naive += 1;
        expect(neededPairs(1, spread)).toBe(naive);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a quantile for many pairs", () => {
  it.each([0.975, 0.8] as const)("of %f goes on where the exact one is left off", (probability) => {
    for (const degrees of [1_001, 1_500, 4_000]) {
      expect(tQuantile(probability, degrees) / studentTQuantile(probability, degrees)).toBeCloseTo(1, 12);
    }
    expect(tQuantile(probability, 1_000)).toBe(studentTQuantile(probability, 1_000));
  });
});
