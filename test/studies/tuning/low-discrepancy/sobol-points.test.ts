import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../../engine/index.js";
import { MOST_DIMENSIONS } from "../../../../studies/tuning/low-discrepancy/sobol-points.js";
import { sobolStream } from "../../../../studies/tuning/low-discrepancy/sobol-stream.js";

function points(dimensions: number, count: number, seed: number | null): number[][] {
  const streams = randomStreams(seed ?? 0, 1);
  const next = sobolStream(dimensions, seed === null ? null : (at) => streams(`${at}`));
  return Array.from({ length: count }, next);
}

/** How many points lie in each cell of a grid over two axes. */
function countsIn(cells: readonly (readonly number[])[], rows: number, columns: number): number[] {
  const counts = Array<number>(rows * columns).fill(0);
  for (const [u, v] of cells) counts[Math.floor(u * rows) * columns + Math.floor(v * columns)] += 1;
  return counts;
}

const allOnes = (counts: readonly number[]) => counts.every((count) => count === 1);

/** Points 777 and 1000 of 64 dimensions, times 1024, as SciPy 1.17.1 gives them (scipy.stats.qmc.Sobol, without scrambling). */
const POINT_777 = [
  709, 959, 167, 281, 651, 365, 195, 781, 357, 331, 763, 713, 393, 485, 583, 527, 413, 885, 379, 771, 243, 279, 969, 493, 353, 149, 61, 799,
  65, 113, 555, 921, 115, 3, 825, 969, 473, 359, 351, 367, 739, 273, 971, 411, 329, 155, 385, 33, 795, 975, 85, 37, 631, 725, 709, 933, 365,
  661, 821, 565, 525, 501, 141, 437,
];
const POINT_1000 = [
  225, 99, 531, 693, 287, 929, 47, 921, 513, 71, 87, 261, 165, 393, 147, 379, 737, 353, 1015, 743, 535, 563, 973, 553, 597, 929, 41, 1003,
  61, 349, 151, 149, 303, 607, 821, 789, 869, 851, 315, 491, 935, 261, 983, 719, 861, 95, 893, 941, 1023, 491, 361, 529, 771, 449, 129, 913,
  465, 81, 905, 585, 457, 617, 265, 457,
];

describe("the Sobol sequence without scrambling", () => {
  it("begins as Joe and Kuo's", () => {
    expect(points(5, 8, null)).toEqual([
      [0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375],
      [0.875, 0.875, 0.125, 0.375, 0.875],
      [0.625, 0.125, 0.875, 0.625, 0.625],
      [0.125, 0.625, 0.375, 0.125, 0.125],
    ]);
  });

  it("is as another implementation has it, in all dimensions", () => {
    const all = points(64, 1001, null);
    expect(all[777].map((u) => u * 1024)).toEqual(POINT_777);
    expect(all[1000].map((u) => u * 1024)).toEqual(POINT_1000);
  });
});

describe.each([
  ["as it is", null],
  ["scrambled", 7],
  ["scrambled by another seed", 8],
])("the Sobol sequence %s", (_, seed) => {
  it("has one point in each of 2^m intervals of every axis, in each 2^m points that follow one another", () => {
    const all = points(MOST_DIMENSIONS, 1024, seed);
    const wrong: string[] = [];
    for (const m of [1, 4, 10]) {
      for (let from = 0; from < 1024; from += 2 ** m) {
        for (let axis = 0; axis < MOST_DIMENSIONS; axis++) {
          const hit = new Uint8Array(2 ** m);
          for (let at = from; at < from + 2 ** m; at++) hit[Math.floor(all[at][axis] * 2 ** m)] = 1;
          if (hit.includes(0)) wrong.push(`axis ${axis}, ${2 ** m} points from ${from}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("has one point in each elementary rectangle of the first two axes", () => {
    const all = points(2, 1024, seed);
    for (let m = 0; m <= 10; m++) {
      for (let k = 0; k <= m; k++) expect(allOnes(countsIn(all.slice(0, 2 ** m), 2 ** k, 2 ** (m - k))), `2^${k} x 2^${m - k}`).toBe(true);
    }
  });
});

describe("nested scrambling", () => {
  it("keeps how many first digits two points share", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.integer(), (i, j, seed) => {
        const [plain, scrambled] = [points(3, 501, null), points(3, 501, seed)];
        for (let axis = 0; axis < 3; axis++) {
          const shared = (all: readonly number[][]) => Math.clz32(((all[i][axis] * 2 ** 32) ^ (all[j][axis] * 2 ** 32)) >>> 0);
          expect(shared(scrambled)).toBe(shared(plain));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("makes each point uniform, and independent of another of its quarter", () => {
    // Over seeds: the first points on 16 intervals, and the lower digits of two points that share two.
    const counts = Array<number>(16).fill(0);
    const pairs = Array<number>(16).fill(0);
    const seeds = 4000;
    for (let seed = 0; seed < seeds; seed++) {
      const all = points(2, 5, seed);
      counts[Math.floor(all[0][1] * 16)] += 1;
      const [one, other] = [all[0][0], all[4][0]].map((u) => Math.floor(u * 32) & 3);
      pairs[one * 4 + other] += 1;
    }
    // Pearson's statistic, 15 degrees of freedom: above 37.7 in one of a thousand.
    const statistic = (found: readonly number[], expected: number) =>
      found.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(statistic(counts, seeds / 16)).toBeLessThan(37.7);
    expect(pairs.reduce((sum, count) => sum + count)).toBe(seeds);
  });

  it("integrates a smooth function better than random points do: the error falls faster than the root of their number", () => {
    const error = (count: number) => {
      const squares = Array.from({ length: 30 }, (_, seed) => {
        const mean = points(3, count, seed).reduce((sum, [x, y, z]) => sum + x * Math.exp(y) * z * z, 0) / count;
        return (mean - ((Math.E - 1) * 0.5) / 3) ** 2;
      });
      return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
    };
    // Random points: a quarter of the error for sixteen times as many. Scrambled nets: a sixty-fourth, but for logarithms (Owen 1997).
    expect(error(1024) / error(64)).toBeLessThan(1 / 16);
  });
});
