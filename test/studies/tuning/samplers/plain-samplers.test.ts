import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choice, list, ranges, searched } from "../search.js";

const nothing = () => null;

describe("a grid", () => {
  it("has the last axis fastest", () => {
    const { points } = searched({ name: "grid", axes: [list(2), choice(3)], budget: 6 }, nothing);
    const levels = points.map(([u, v]) => [Math.floor(2 * u), Math.floor(3 * v)]);
    expect(levels).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
  });
});

describe("random search", () => {
  it("over lists gives every combination as often as any other: 24 orders of four combinations in 2400 seeds", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2400; seed++) {
      const order = searched({ name: "random", axes: [list(2), list(2)], seed, budget: 4 }, nothing).points.join(" ");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // Pearson's statistic, 23 degrees of freedom: above 49.7 in one of a thousand.
    const statistic = [...counts.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(statistic).toBeLessThan(49.7);
  });

  it("over more combinations than can be counted draws without repeating one", () => {
    const axes = Array.from({ length: 60 }, () => list(2));
    const { points } = searched({ name: "random", axes, budget: 500 }, nothing);
    expect(new Set(points.map((point) => point.join())).size).toBe(500);
  });
});

describe("a Latin hypercube", () => {
  it("has one point in each stratum of each axis", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5 }), fc.integer(), (budget, n, seed) => {
        const { points } = searched({ name: "latin_hypercube", axes: ranges(n), seed, budget }, nothing);
        for (let axis = 0; axis < n; axis++) {
          const strata = points.map((point) => Math.floor(point[axis] * budget + 1e-9)).sort((a, b) => a - b);
          expect(strata).toEqual(Array.from({ length: budget }, (_, at) => at));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives levels equal numbers of points", () => {
    const { points } = searched({ name: "latin_hypercube", axes: [list(5), ...ranges(1)], budget: 25 }, nothing);
    const counts = Array.from({ length: 5 }, (_, level) => points.filter(([u]) => Math.floor(5 * u) === level).length);
    expect(counts).toEqual([5, 5, 5, 5, 5]);
  });

  it("ends with its strata", () => {
    expect(searched({ name: "latin_hypercube", axes: ranges(2), budget: 7 }, nothing).points).toHaveLength(7);
  });
});

describe("in the place of a combination that was tried", () => {
  it("comes the nearest one that was not", () => {
    // A sequence without scrambling on 3 x 3 cells; the second model looks through all of them.
    const axes = [list(3), list(3)];
    const { points } = searched({ name: "sobol", axes, budget: 9, parameters: { scramble: false } }, nothing);
    const raw = searched({ name: "sobol", axes: ranges(2), budget: 9, parameters: { scramble: false } }, nothing).points;
    const tried = new Set<string>();
    const cells = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y] as const));
    const distance = (at: number, [x, y]: readonly [number, number]) =>
      Math.abs(x - Math.floor(3 * raw[at][0])) + Math.abs(y - Math.floor(3 * raw[at][1]));
    for (const [at, [u, v]] of points.entries()) {
      const cell = [Math.floor(3 * u), Math.floor(3 * v)] as const;
      const left = cells.filter((one) => !tried.has(one.join()));
      expect(distance(at, cell)).toBe(Math.min(...left.map((one) => distance(at, one))));
      tried.add(cell.join());
    }
  });
});
