import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  axisOf,
  byStep,
  type Domain,
  domainWords,
  evenlySpaced,
  geometricallySpaced,
  valueAt,
} from "../../../../studies/tuning/space/domain.js";
import { centreOf } from "../../../../studies/tuning/space.js";

const range = (from: number, to: number, more: Partial<Extract<Domain, { kind: "range" }>> = {}): Domain => ({
  kind: "range",
  from,
  to,
  scale: "linear",
  isWhole: false,
  ...more,
});
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("values of a parameter", () => {
  it("are the decimals that a person would write", () => {
    expect(byStep(0, 0.6, 0.2)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(byStep(0.5, 1, 0.05)).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1]);
    expect(byStep(1, 2, 0.3)).toEqual([1, 1.3, 1.6, 1.9]);
    expect(byStep(1, 2, 5)).toEqual([1]);
    expect(evenlySpaced(0.1, 0.7, 3)).toEqual([0.1, 0.4, 0.7]);
  });

  it("go by steps as whole hundredths do", () => {
    const whole = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(whole, fc.nat({ max: 300 }), fc.integer({ min: 1, max: 40 }), (from, width, step) => {
        const expected: number[] = [];
        for (let at = from; at <= from + width; at += step) expected.push(at / 100 + 0);
        expect(byStep(from / 100, (from + width) / 100, step / 100)).toEqual(expected);
      }),
    );
  });

  it("stop where there are more than anybody tries", () => {
    expect(byStep(0, 1, 1e-6).length).toBeLessThanOrEqual(1_001);
  });

  it("are as many times the one before on a log scale, the ends as they are", () => {
    expect(geometricallySpaced(1, 1_000, 4)).toEqual([1, 10, 100, 1_000]);
    const end = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(end, end, fc.integer({ min: 2, max: 20 }), (one, other, n) => {
        fc.pre(one < other);
        const values = geometricallySpaced(one, other, n);
        expect([values[0], values[n - 1]]).toEqual([one, other]);
        for (const [i, value] of values.entries()) {
          const exact = one * (other / one) ** (i / (n - 1));
          expect(Math.abs(value / exact - 1)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  it("of a range lie in it, ascend with the coordinate, and are whole where they have to be", () => {
    const ends = fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 })).filter(([a, b]) => a < b);
    const scale = fc.constantFrom("linear" as const, "log" as const);
    fc.assert(
      fc.property(ends, scale, fc.boolean(), unit, unit, ([from, to], own, isWhole, a, b) => {
        const domain = range(from, to, { scale: own, isWhole });
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((at) => valueAt(domain, at) as number);
        expect(low).toBeLessThanOrEqual(high);
        for (const value of [low, high]) {
          expect(value).toBeGreaterThanOrEqual(from);
          expect(value).toBeLessThanOrEqual(to);
          if (isWhole) expect(Number.isInteger(value)).toBe(true);
        }
      }),
    );
  });

  it("of whole numbers have equal chances, both ends too", () => {
    const dice = range(1, 6, { isWhole: true });
    expect(axisOf("dice", dice)).toEqual({ name: "dice", levels: 6, isOrdered: true });
    const seen = Array.from({ length: 600 }, (_, i) => valueAt(dice, (i + 0.5) / 600));
    for (let face = 1; face <= 6; face++) expect(seen.filter((one) => one === face)).toHaveLength(100);
  });

  it("of a list are each one's cell", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 30 }), (values) => {
        const domain: Domain = { kind: "list", values };
        expect(values.map((_, level) => valueAt(domain, centreOf(level, values.length)))).toEqual(values);
      }),
    );
  });

  it.each([
    [[1, 2, 3], true],
    [[3, 2, 1], true],
    [[1, 3, 2], false],
    [["a", "b"], false],
    [[1, "b"], false],
    [[false, true], false],
    [[7], true],
  ])("%j have an order: %s", (values, isOrdered) => {
    expect(axisOf("a", { kind: "list", values })).toEqual({ name: "a", levels: values.length, isOrdered });
  });

  it("are told in words", () => {
    expect(domainWords({ kind: "list", values: [0.5, 0.6] })).toBe("0.5, 0.6");
    expect(domainWords({ kind: "list", values: evenlySpaced(1, 20, 20) })).toBe("1, 2, 3, ... 19, 20 (20 values)");
    expect(domainWords(range(0.5, 1))).toBe("0.5 to 1");
    expect(domainWords(range(1, 100, { scale: "log", isWhole: true }))).toBe("1 to 100 (log, whole)");
  });
});
