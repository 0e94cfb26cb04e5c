import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadOf } from "../../../studies/index.js";

/** A second model in exact fractions: values are whole numbers, n² times the variance is whole, too. */
function exact(values: readonly number[]): { mean: number; variance: number } {
  const whole = values.map(BigInt);
  const n = BigInt(whole.length);
  const sum = whole.reduce((total, value) => total + value, 0n);
  const squares = whole.reduce((total, value) => total + (n * value - sum) ** 2n, 0n);
  return { mean: Number(sum) / Number(n), variance: Number(squares) / Number(n * n * (n - 1n)) };
}

describe("the spread of a sample", () => {
  it("has the interval of a textbook: ten values, t of nine degrees of freedom 2.262157", () => {
    // NIST/SEMATECH e-Handbook, 1.3.5.2: mean ± t s / sqrt(n).
    const values = [9.2, 9.4, 9.1, 9.3, 9.5, 9.0, 9.6, 9.2, 9.3, 9.4];
    const mean = 93 / 10;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 9);
    const { interval, standardDeviation, n, min, max } = spreadOf(values);
    expect([n, min, max]).toEqual([10, 9, 9.6]);
    expect(standardDeviation).toBeCloseTo(deviation, 12);
    expect(interval?.low).toBeCloseTo(mean - (2.262_157_163 * deviation) / Math.sqrt(10), 9);
    expect(interval?.high).toBeCloseTo(mean + (2.262_157_163 * deviation) / Math.sqrt(10), 9);
  });

  it("is that of exact fractions", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 2, maxLength: 40 }), (values) => {
        const { mean, variance } = exact(values);
        const found = spreadOf(values);
        expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(Math.abs(mean) * 1e-14);
        expect(Math.abs((found.standardDeviation ?? 0) - Math.sqrt(variance))).toBeLessThanOrEqual(Math.sqrt(variance) * 1e-12);
      }),
    );
  });

  it("of equal values has no width, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }),
        fc.integer({ min: 2, max: 30 }),
        (drawn, n) => {
          // -0 is another 0.
          const value = drawn === 0 ? 0 : drawn;
          const spread = spreadOf(Array<number>(n).fill(value));
          expect(spread).toMatchObject({ n, mean: value, standardDeviation: 0, min: value, max: value });
          expect(spread.interval).toEqual({ low: value, high: value });
        },
      ),
    );
  });

  it("of a single value has no interval", () => {
    expect(spreadOf([0.25])).toEqual({ n: 1, mean: 0.25, standardDeviation: null, interval: null, min: 0.25, max: 0.25 });
  });

  it("is refused of nothing, and of what is no number", () => {
    for (const values of [[], [1, Number.NaN], [Number.POSITIVE_INFINITY]]) expect(() => spreadOf(values)).toThrow();
  });
});
