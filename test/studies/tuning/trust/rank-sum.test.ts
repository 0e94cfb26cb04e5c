import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankSumProbability } from "../../../../studies/tuning/trust/rank-sum.js";

/** All ways that ranks can fall, counted one by one. */
function counted(count: number, of: number, most: number): number {
  let hits = 0;
  for (let way = 0; way < of ** count; way++) {
    let [sum, rest] = [0, way];
    for (let at = 0; at < count; at++) {
      sum += (rest % of) + 1;
      rest = Math.floor(rest / of);
    }
    if (sum <= most) hits += 1;
  }
  return hits / of ** count;
}

describe("the probability of a sum of ranks", () => {
  it("is that of all ways counted", () => {
    const ranks = fc
      .integer({ min: 1, max: 6 })
      .chain((of) => fc.tuple(fc.constant(of), fc.array(fc.integer({ min: 1, max: of }), { minLength: 1, maxLength: 5 })));
    fc.assert(
      fc.property(ranks, ([of, drawn]) => {
        const sum = drawn.reduce((total, rank) => total + rank, 0);
        expect(rankSumProbability(drawn, of)).toBeCloseTo(counted(drawn.length, of, sum), 12);
      }),
    );
  });

  it("has known ends", () => {
    expect(rankSumProbability([1, 1, 1], 24)).toBeCloseTo(1 / 24 ** 3, 15);
    expect(rankSumProbability([24, 24, 24], 24)).toBeCloseTo(1, 12);
    expect(rankSumProbability([1], 1)).toBe(1);
  });

  it("is not made too small by coarser cells, and stays near for many observations", () => {
    // 3000 observations leave two cells of 100: the upper half, or the lower.
    const half = Array.from({ length: 3000 }, (_, at) => (at % 2 === 0 ? 50 : 51));
    const probability = rankSumProbability(half, 100);
    expect(probability).toBeGreaterThan(0.5);
    expect(probability).toBeLessThan(0.52);
    expect(rankSumProbability(Array<number>(3000).fill(1), 100)).toBeLessThan(1e-300);
    expect(rankSumProbability([1, 1, 1], 100_000)).toBeCloseTo(1e-15, 20);
  });

  it("refuses what is no rank", () => {
    for (const ranks of [[], [0], [7], [1.5]]) expect(() => rankSumProbability(ranks, 6)).toThrow(/ranks/);
  });
});
