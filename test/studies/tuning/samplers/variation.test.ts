import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../../engine/index.js";
import { varied } from "../../../../studies/tuning/samplers/variation.js";
import { choice, RANGE } from "../search.js";

const CROSSED = { crossoverChance: 1, crossoverIndex: 20, mutationChance: 0, mutationIndex: 20 };
const MUTATED = { crossoverChance: 0, crossoverIndex: 20, mutationChance: 1, mutationIndex: 20 };
const coordinate = fc.double({ min: 0, max: 0.999_999, noNaN: true });

describe("crossover and mutation", () => {
  it("stay in the cube", () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.integer(), fc.double({ min: 0, max: 40, noNaN: true }), (a, b, seed, index) => {
        const variation = { crossoverChance: 1, crossoverIndex: index, mutationChance: 0.5, mutationIndex: index };
        for (const [u] of varied([a], [b], [RANGE], variation, randomStreams(seed, 1)("variation"))) {
          expect(u).toBeGreaterThanOrEqual(-1e-12);
          expect(u).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it("of one point with itself changes nothing", () => {
    const random = randomStreams(1, 1)("variation");
    expect(varied([0.3, 0.7], [0.3, 0.7], [RANGE, RANGE], CROSSED, random)).toEqual([
      [0.3, 0.7],
      [0.3, 0.7],
    ]);
  });

  it("far from the ends spread as the paper says: the mean of two children is that of their parents, the spread factor is above 1 half of the time", () => {
    const random = randomStreams(2, 1)("variation");
    let [wider, crossed] = [0, 0];
    for (let k = 0; k < 4000; k++) {
      const [[u], [v]] = varied([0.495], [0.505], [RANGE], CROSSED, random);
      expect(u + v).toBeCloseTo(1, 9);
      // An axis is crossed in half of the cases.
      if (Math.abs(Math.abs(u - v) - 0.01) < 1e-12) continue;
      crossed += 1;
      if (Math.abs(u - v) > 0.01) wider += 1;
    }
    expect(crossed).toBeGreaterThan(1850);
    expect(crossed).toBeLessThan(2150);
    expect(Math.abs(wider / crossed - 0.5)).toBeLessThan(0.04);
  });

  it("mutate by little: of the distribution index 20 half of all go less than 1 - 0.5^(1/21) = 3.25 % of the way", () => {
    const random = randomStreams(3, 1)("variation");
    let near = 0;
    for (let k = 0; k < 4000; k++) {
      const [[u]] = varied([0.5], [0.5], [RANGE], MUTATED, random);
      if (Math.abs(u - 0.5) < 1 - 0.5 ** (1 / 21)) near += 1;
    }
    // Deb & Agrawal: u < 0.5 leads down by 1 - (2u)^(1/21) of the range, where the end is far.
    expect(Math.abs(near / 4000 - 0.5)).toBeLessThan(0.04);
  });

  it("of values without order exchange them, and draw any", () => {
    const random = randomStreams(4, 1)("variation");
    const seen = new Set<string>();
    for (let k = 0; k < 100; k++) seen.add(varied([1 / 8], [7 / 8], [choice(4)], CROSSED, random).join(" "));
    expect([...seen].sort()).toEqual(["0.125 0.875", "0.875 0.125"]);
    const drawn = new Set<number>();
    for (let k = 0; k < 200; k++) drawn.add(varied([1 / 8], [1 / 8], [choice(4)], MUTATED, random)[0][0]);
    expect([...drawn].sort()).toEqual([1 / 8, 3 / 8, 5 / 8, 7 / 8]);
  });
});
