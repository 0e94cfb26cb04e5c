import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gridImportance } from "../../../../studies/tuning/sensitivity/grid-importance.js";
import { ISHIGAMI, ishigami } from "../published-functions.js";

/** All combinations of levels, the last axis fastest. */
function combinations(levels: readonly number[]): number[][] {
  return levels.reduce<number[][]>(
    (all, count) => all.flatMap((own) => Array.from({ length: count }, (_, level) => [...own, level])),
    [[]],
  );
}

/** A second model: the decomposition into effects of all subsets of the parameters, each the mean given those less the effects of smaller subsets. */
function decomposed(grid: readonly (readonly number[])[], figures: readonly number[]) {
  const axes = grid[0].length;
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const effects: number[][] = [];
  const parts: number[] = [];
  for (let subset = 0; subset < 2 ** axes; subset++) {
    const holds = (axis: number) => ((subset >> axis) & 1) === 1;
    effects.push(
      grid.map((point, at) => {
        const alike = figures.filter((_, other) => point.every((level, axis) => !holds(axis) || grid[other][axis] === level));
        let effect = mean(alike);
        for (let smaller = 0; smaller < subset; smaller++) if ((smaller & subset) === smaller) effect -= effects[smaller][at];
        return effect;
      }),
    );
    parts.push(subset === 0 ? 0 : mean(effects[subset].map((effect) => effect * effect)));
  }
  const variance = parts.reduce((sum, part) => sum + part, 0);
  const shareOf = (belongs: (subset: number) => boolean) =>
    parts.filter((_, subset) => belongs(subset)).reduce((sum, part) => sum + part, 0) / variance;
  return {
    variance,
    first: Array.from({ length: axes }, (_, axis) => shareOf((subset) => subset === 1 << axis)),
    total: Array.from({ length: axes }, (_, axis) => shareOf((subset) => ((subset >> axis) & 1) === 1)),
  };
}

const grids = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((levels) => {
  const grid = combinations(levels);
  const figure = fc.integer({ min: -20, max: 20 });
  return fc.tuple(fc.constant(grid), fc.array(figure, { minLength: grid.length, maxLength: grid.length }));
});

describe("importance over a grid", () => {
  it("is that of all effects and interactions taken apart", () => {
    fc.assert(
      fc.property(grids, ([grid, figures]) => {
        const found = gridImportance(grid, figures);
        if (new Set(figures).size === 1) {
          expect(found).toEqual({ variance: 0, parameters: null });
          return;
        }
        const expected = decomposed(grid, figures);
        expect(found?.variance).toBeCloseTo(expected.variance, 9);
        for (const [axis, { first, total }] of (found?.parameters ?? []).entries()) {
          expect(first).toBeCloseTo(expected.first[axis], 9);
          expect(total).toBeCloseTo(expected.total[axis], 9);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(total).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(found?.parameters).toHaveLength(grid[0].length);
      }),
    );
  });

  it("does not depend on the order of the trials, nor on unit and zero of the figure", () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: 1, max: 1000 }), ([grid, figures], step) => {
        const order = grid.map((_, at) => at).sort((a, b) => ((a * step) % 7) - ((b * step) % 7));
        const [plain, other] = [
          gridImportance(grid, figures),
          gridImportance(
            order.map((at) => grid[at]),
            order.map((at) => 3 * figures[at] + 5),
          ),
        ];
        for (const [axis, { first, total }] of (plain?.parameters ?? []).entries()) {
          expect(other?.parameters?.[axis].first).toBeCloseTo(first, 9);
          expect(other?.parameters?.[axis].total).toBeCloseTo(total, 9);
        }
      }),
    );
  });

  it("of a sum has no interactions, of a product about a middle nothing else", () => {
    const grid = combinations([5, 3, 2]);
    // Levels 0..4 have the variance 2, three levels times 3 the variance 6.
    const sum = gridImportance(
      grid,
      grid.map(([a, b]) => a + 3 * b),
    );
    expect(sum?.variance).toBeCloseTo(8, 12);
    expect(sum?.parameters?.map(({ first, total }) => [first, total].map((share) => share.toFixed(9)))).toEqual([
      ["0.250000000", "0.250000000"],
      ["0.750000000", "0.750000000"],
      ["0.000000000", "0.000000000"],
    ]);
    const product = gridImportance(
      grid,
      grid.map(([a, b]) => (a - 2) * (b - 1)),
    );
    expect(product?.parameters).toEqual([
      { first: 0, total: 1 },
      { first: 0, total: 1 },
      { first: 0, total: 0 },
    ]);
  });

  it("of Ishigami's function on a fine grid comes to what is published", () => {
    const levels = 40;
    const grid = combinations([levels, levels, levels]);
    const { parameters } =
      gridImportance(
        grid,
        grid.map((point) => ishigami(point.map((level) => (level + 0.5) / levels))),
      ) ?? {};
    for (const [axis, { first, total }] of (parameters ?? []).entries()) {
      expect(Math.abs(first - ISHIGAMI.first[axis])).toBeLessThan(0.005);
      expect(Math.abs(total - ISHIGAMI.total[axis])).toBeLessThan(0.005);
    }
    expect(parameters).toHaveLength(3);
  });

  it("is none of trials that are no complete grid", () => {
    const grid = combinations([3, 2]);
    const figures = grid.map((_, at) => at);
    expect(gridImportance(grid.slice(1), figures.slice(1))).toBeNull();
    expect(gridImportance(grid.with(0, grid[1]), figures)).toBeNull();
    expect(gridImportance(grid, [null, ...figures.slice(1)])).toBeNull();
    expect(gridImportance([], [])).toBeNull();
    expect(() => gridImportance(grid, figures.slice(1))).toThrow(/figures of/);
    // 1 and "1" are two values.
    expect(gridImportance([[1], ["1"]], [0, 1])?.parameters).toEqual([{ first: 1, total: 1 }]);
  });
});
