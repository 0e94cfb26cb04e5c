import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studentTQuantile } from "../../../studies/index.js";

/** Published critical values, two-sided (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2), to three decimals. */
const PUBLISHED: readonly (readonly [degreesOfFreedom: number, p95: number, p975: number, p99: number, p995: number])[] = [
  [1, 6.314, 12.706, 31.821, 63.657],
  [2, 2.92, 4.303, 6.965, 9.925],
  [3, 2.353, 3.182, 4.541, 5.841],
  [4, 2.132, 2.776, 3.747, 4.604],
  [5, 2.015, 2.571, 3.365, 4.032],
  [9, 1.833, 2.262, 2.821, 3.25],
  [10, 1.812, 2.228, 2.764, 3.169],
  [15, 1.753, 2.131, 2.602, 2.947],
  [20, 1.725, 2.086, 2.528, 2.845],
  [29, 1.699, 2.045, 2.462, 2.756],
  [30, 1.697, 2.042, 2.457, 2.75],
  [60, 1.671, 2.0, 2.39, 2.66],
  [99, 1.66, 1.984, 2.365, 2.626],
  [100, 1.66, 1.984, 2.364, 2.626],
];

/** Γ(n/2) by steps of one from Γ(1/2) and Γ(1); as a logarithm. */
function logGammaOfHalves(n: number): number {
  let log = n % 2 === 1 ? Math.log(Math.sqrt(Math.PI)) : 0;
  for (let at = n % 2 === 1 ? 1 : 2; at < n; at += 2) log += Math.log(at / 2);
  return log;
}

/** A second model: the density itself, integrated from 0 to t by Simpson's rule. */
function withinByIntegration(t: number, degreesOfFreedom: number): number {
  const log = logGammaOfHalves(degreesOfFreedom + 1) - logGammaOfHalves(degreesOfFreedom) - Math.log(Math.sqrt(degreesOfFreedom * Math.PI));
  const density = (x: number) => Math.exp(log - ((degreesOfFreedom + 1) / 2) * Math.log1p((x * x) / degreesOfFreedom));
  const steps = 4000;
  const width = t / steps;
  let sum = density(0) + density(t);
  for (let i = 1; i < steps; i++) sum += density(i * width) * (i % 2 === 1 ? 4 : 2);
  return (2 * sum * width) / 3;
}

describe("the quantile of Student's t", () => {
  it.each(PUBLISHED)("with %i degrees of freedom is as published", (degreesOfFreedom, ...values) => {
    const found = [0.95, 0.975, 0.99, 0.995].map((probability) => studentTQuantile(probability, degreesOfFreedom));
    for (const [at, value] of values.entries()) expect(Math.abs(found[at] - value)).toBeLessThanOrEqual(0.000_500_1);
  });

  it.each([
    // Closed forms: tan(π (p - 1/2)) of one degree of freedom; (2p - 1) / sqrt(2 p (1 - p)) of two.
    [0.975, 1, Math.tan(Math.PI * 0.475)],
    [0.75, 1, 1],
    [0.975, 2, 0.95 / Math.sqrt(2 * 0.975 * 0.025)],
    [0.6, 2, 0.2 / Math.sqrt(2 * 0.6 * 0.4)],
  ])("of %f with %i degrees of freedom is the closed form", (probability, degreesOfFreedom, value) => {
    expect(Math.abs(studentTQuantile(probability, degreesOfFreedom) / value - 1)).toBeLessThan(1e-12);
  });

  it("leaves as much of the density below it as it says", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.51, max: 0.99, noNaN: true }), (degreesOfFreedom, probability) => {
        const t = studentTQuantile(probability, degreesOfFreedom);
        expect(withinByIntegration(t, degreesOfFreedom)).toBeCloseTo(2 * probability - 1, 8);
      }),
      { numRuns: 100 },
    );
  });

  it("is odd around one half, and falls towards the normal's with the degrees of freedom", () => {
    expect(studentTQuantile(0.5, 7)).toBe(0);
    expect(studentTQuantile(0.025, 9)).toBeCloseTo(-studentTQuantile(0.975, 9), 12);
    const falling = [1, 2, 3, 10, 100, 1_000, 10_001].map((degreesOfFreedom) => studentTQuantile(0.975, degreesOfFreedom));
    expect([...falling].sort((a, b) => b - a)).toEqual(falling);
    // The normal's quantile, and the first terms of its expansion by 1/n (Abramowitz & Stegun 26.7.5).
    const z = 1.959963984540054;
    const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 / 10_001 ** 2;
    expect(falling.at(-1)).toBeCloseTo(z + (z ** 3 + z) / 4 / 10_001 + second, 11);
  });

  it.each([
    [0, 3],
    [1, 3],
    [Number.NaN, 3],
    [0.5, 0],
    [0.5, 1.5],
  ])("refuses %f with %f degrees of freedom", (probability, degreesOfFreedom) => {
    expect(() => studentTQuantile(probability, degreesOfFreedom)).toThrow();
  });
});
