import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hypervolume } from "../../../studies/tuning/hypervolume.js";
import { crowdingDistances, dominates, fronts, paretoFront } from "../../../studies/tuning/pareto.js";

/** Few values, so that many are equal. */
const losses = (objectives: number, size = 6) =>
  fc.array(fc.array(fc.integer({ min: 0, max: size }), { minLength: objectives, maxLength: objectives }), { minLength: 1, maxLength: 25 });
const anyObjectives = fc.integer({ min: 1, max: 4 }).chain((objectives) => losses(objectives));

/** By the words of the definition. */
const isWorse = (one: readonly number[], other: readonly number[]) =>
  one.every((loss, k) => other[k] <= loss) && one.some((loss, k) => other[k] < loss);

/** Front after front, by taking away what nothing left dominates. */
function peeled(all: readonly (readonly number[])[]): number[][] {
  let left = all.map((_, at) => at);
  const found: number[][] = [];
  while (left.length > 0) {
    const front = left.filter((at) => !left.some((other) => isWorse(all[at], all[other])));
    found.push(front);
    left = left.filter((at) => !front.includes(at));
  }
  return found;
}

describe("Pareto fronts", () => {
  it("are those of taking away one after the other", () => {
    fc.assert(
      fc.property(anyObjectives, (all) => {
        expect(fronts(all)).toEqual(peeled(all));
        expect(paretoFront(all)).toEqual(peeled(all)[0]);
      }),
    );
  });

  it("hold all points of equal losses, and nothing that failed", () => {
    expect(paretoFront([[1, 2], null, [1, 2], [2, 1], [2, 2]])).toEqual([0, 2, 3]);
    expect(paretoFront([null, null])).toEqual([]);
    expect(paretoFront([])).toEqual([]);
    expect(fronts([])).toEqual([]);
  });

  it("are refused of losses of different lengths, or that are no numbers", () => {
    expect(() => fronts([[1, 2], [1]])).toThrow("TEN-BUG");
    expect(() => paretoFront([[Number.NaN, 2]])).toThrow("TEN-BUG");
  });

  it("dominance is a strict order", () => {
    fc.assert(
      fc.property(losses(3), (all) => {
        for (const a of all) {
          expect(dominates(a, a)).toBe(false);
          for (const b of all) {
            if (!dominates(a, b)) continue;
            expect(dominates(b, a)).toBe(false);
            for (const c of all) if (dominates(b, c)) expect(dominates(a, c)).toBe(true);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("crowding distances", () => {
  it("are as on paper", () => {
    // Widths 4 and 4: for the middle one (3 - 0) / 4 + (4 - 1) / 4.
    expect([
      ...crowdingDistances([
        [0, 4],
        [1, 2],
        [3, 1],
        [4, 0],
      ]),
    ]).toEqual([Number.POSITIVE_INFINITY, 3 / 4 + 3 / 4, 3 / 4 + 2 / 4, Number.POSITIVE_INFINITY]);
  });

  it("of points that are all alike are 0 but at the ends", () => {
    const [first, ...others] = crowdingDistances([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect([first, ...others]).toEqual([Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY]);
    expect(crowdingDistances([])).toHaveLength(0);
  });
});

describe("the hypervolume", () => {
  /** Of whole losses: the unit cells below the reference that some point dominates, counted one by one. */
  function counted(all: readonly (readonly number[])[], reference: readonly number[]): number {
    let count = 0;
    const cell: number[] = [];
    const visit = (k: number): void => {
      if (k === reference.length) {
        if (all.some((one) => one.every((loss, at) => loss <= cell[at]))) count += 1;
        return;
      }
      for (cell[k] = 0; cell[k] < reference[k]; cell[k]++) visit(k + 1);
    };
    visit(0);
    return count;
  }

  it.each([2, 3])("of %i objectives is that of counted cells", (objectives) => {
    fc.assert(
      fc.property(
        losses(objectives, 7),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: objectives, maxLength: objectives }),
        (all, reference) => {
          expect(hypervolume(all, reference)).toBe(counted(all, reference));
        },
      ),
    );
  });

  it("of nothing, or of what is no better than the reference, is 0", () => {
    expect(hypervolume([], [1, 1])).toBe(0);
    expect(
      hypervolume(
        [
          [1, 0],
          [0, 1],
          [2, 2],
        ],
        [1, 1],
      ),
    ).toBe(0);
  });

  it("is refused of one objective, of four, and of what is no number", () => {
    for (const [points, reference] of [
      [[[1]], [2]],
      [[[1, 1, 1, 1]], [2, 2, 2, 2]],
      [[[1, 1]], [2, 2, 2]],
      [[[Number.NaN, 1]], [2, 2]],
    ]) {
      expect(() => hypervolume(points as number[][], reference as number[])).toThrow("TEN-BUG");
    }
  });
});
