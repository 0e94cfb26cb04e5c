import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../../engine/index.js";
import { sobolDesign, sobolIndices } from "../../../../studies/tuning/sensitivity/sobol-indices.js";
import type { UnitPoint } from "../../../../studies/tuning/space.js";
import { cases } from "../../../cases.js";
import { ISHIGAMI, ishigami } from "../published-functions.js";
import { choice, list, ranges } from "../search.js";

function indices(axes: ReturnType<typeof ranges>, rows: number, f: (point: UnitPoint) => number | null, seed = 1) {
  const random = randomStreams(seed, 1);
  const design = sobolDesign(axes, rows, random);
  return sobolIndices(design, design.points.map(f), random);
}

describe("Sobol indices", () => {
  it("of Ishigami's function are as published, within their intervals", () => {
    expect(ISHIGAMI.first.map((value) => value.toFixed(4))).toEqual(["0.3139", "0.4424", "0.0000"]);
    expect(ISHIGAMI.total.map((value) => value.toFixed(4))).toEqual(["0.5576", "0.4424", "0.2437"]);
    for (let seed = 1; seed <= cases(2, 5); seed++) {
      const { axes, rows } = indices(ranges(3), 1024, ishigami, seed);
      expect(rows).toBe(1024);
      for (const [at, { first, total }] of (axes ?? []).entries()) {
        for (const [index, known] of [
          [first, ISHIGAMI.first[at]],
          [total, ISHIGAMI.total[at]],
        ] as const) {
          expect(index.interval.low).toBeLessThanOrEqual(known);
          expect(index.interval.high).toBeGreaterThanOrEqual(known);
          expect(Math.abs(index.value - known)).toBeLessThan(0.05);
        }
      }
      // The third has no effect by itself, and one with the first.
      expect(axes?.[2].first.isIndistinguishable).toBe(true);
      expect(axes?.[2].total.isIndistinguishable).toBe(false);
      expect(axes?.[0].first.isIndistinguishable).toBe(false);
    }
  });

  it("of a sum over lists and choices are the parts of its variance", () => {
    // Levels 0..4 have the variance 2, those of the choice 0 or 6 in one of three cases the variance 8; an axis without effect none.
    const value = ([u, v]: UnitPoint) => Math.floor(5 * u) + (Math.floor(3 * v) === 1 ? 6 : 0);
    const { axes, variance } = indices([list(5), choice(3), list(2)], 2048, value);
    expect(variance).toBeCloseTo(10, 0);
    expect(axes?.map(({ first }) => first.value.toFixed(1))).toEqual(["0.2", "0.8", "0.0"]);
    expect(axes?.map(({ total }) => total.value.toFixed(1))).toEqual(["0.2", "0.8", "0.0"]);
    expect(axes?.[2]).toMatchObject({ first: { value: 0, isIndistinguishable: true }, total: { value: 0, isIndistinguishable: true } });
  });

  it("agree with the estimators written down once more", () => {
    const random = randomStreams(9, 1);
    const design = sobolDesign(ranges(2), 64, random);
    const f = ([u, v]: UnitPoint) => u * u + u * v;
    const { axes, variance } = sobolIndices(design, design.points.map(f), random);
    const rows = Array.from({ length: 64 }, (_, row) => design.points.slice(4 * row, 4 * row + 4).map(f));
    const both = rows.flatMap((row) => row.slice(0, 2));
    const mean = both.reduce((sum, value) => sum + value) / both.length;
    const expected = both.reduce((sum, value) => sum + (value - mean) ** 2, 0) / both.length;
    expect(variance).toBeCloseTo(expected, 12);
    const first = rows.reduce((sum, [a, b, ab]) => sum + (b - mean) * (ab - a), 0) / 64 / expected;
    const total = rows.reduce((sum, [a, , ab]) => sum + (a - ab) ** 2, 0) / 128 / expected;
    expect(axes?.[0].first.value).toBeCloseTo(first, 12);
    expect(axes?.[0].total.value).toBeCloseTo(total, 12);
  });

  it("leave out rows in which a value is missing", () => {
    const design = sobolDesign(ranges(3), 256, randomStreams(1, 1));
    const values = design.points.map((point, at) => (at % 50 === 3 ? null : ishigami(point)));
    const lost = new Set(values.flatMap((value, at) => (value === null ? [Math.floor(at / 5)] : [])));
    expect(sobolIndices(design, values, randomStreams(1, 1)).rows).toBe(256 - lost.size);
    expect(
      sobolIndices(
        design,
        design.points.map(() => null),
        randomStreams(1, 1),
      ),
    ).toEqual({ rows: 0, variance: 0, axes: null });
  });

  it("of what does not move are none", () => {
    expect(indices(ranges(2), 16, () => 0.1)).toEqual({ rows: 16, variance: 0, axes: null });
  });

  it("are the same for the same seed", () => {
    expect(indices(ranges(3), 64, ishigami, 4)).toEqual(indices(ranges(3), 64, ishigami, 4));
    expect(indices(ranges(3), 64, ishigami, 5)).not.toEqual(indices(ranges(3), 64, ishigami, 4));
  });

  it("are refused of more axes than there are sequences for, and of wrong values", () => {
    expect(() => sobolDesign(ranges(33), 8, randomStreams(1, 1))).toThrow("TEN-TRUST-006");
    expect(sobolDesign(ranges(32), 2, randomStreams(1, 1)).points).toHaveLength(68);
    const design = sobolDesign(ranges(1), 2, randomStreams(1, 1));
    expect(() => sobolIndices(design, [1], randomStreams(1, 1))).toThrow("TEN-BUG");
    expect(() => sobolIndices(design, [1, 2, 3, 4, 5, Number.NaN], randomStreams(1, 1))).toThrow("TEN-BUG");
    expect(() => sobolDesign(ranges(1), 1, randomStreams(1, 1))).toThrow("TEN-BUG");
  });
});
