import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalDeviates, randomStreams } from "../../../../engine/index.js";
import { parzen } from "../../../../studies/tuning/samplers/parzen.js";
import { choice, list, RANGE } from "../search.js";

const streams = (seed: number) => {
  const random = randomStreams(seed, 1);
  return [random("uniform"), normalDeviates(random("normal"))] as const;
};
const seen = fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { maxLength: 12 });

describe("a Parzen estimator", () => {
  it("of a range integrates to 1", () => {
    fc.assert(
      fc.property(seen, (coordinates) => {
        const { at } = parzen(RANGE, coordinates, ...streams(1));
        const steps = 4000;
        const sum = Array.from({ length: steps }, (_, k) => at((k + 0.5) / steps)).reduce((total, value) => total + value, 0);
        expect(sum / steps).toBeCloseTo(1, 5);
      }),
      { numRuns: 40 },
    );
  });

  it("of levels gives probabilities that sum to 1, those of what was not seen too", () => {
    fc.assert(
      fc.property(seen, fc.integer({ min: 1, max: 9 }), fc.boolean(), (coordinates, levels, isOrdered) => {
        const { at } = parzen({ levels, isOrdered }, coordinates, ...streams(1));
        const all = Array.from({ length: levels }, (_, level) => at((level + 0.5) / levels));
        expect(all.every((probability) => probability > 0)).toBe(true);
        expect(all.reduce((sum, probability) => sum + probability)).toBeCloseTo(1, 9);
      }),
      { numRuns: 100 },
    );
  });

  it("of values without order counts them, and each once more", () => {
    const { at } = parzen(choice(3), [0.5, 0.5, 0.9], ...streams(1));
    expect([0.1, 0.5, 0.9].map(at)).toEqual([1 / 6, 3 / 6, 2 / 6]);
  });

  it.each([
    ["range", RANGE],
    ["list", list(10)],
    ["choice", choice(10)],
  ])("of a %s draws as it says", (_, axis) => {
    const coordinates = [0.05, 0.31, 0.33, 0.36, 0.82];
    const { at, draw } = parzen(axis, coordinates, ...streams(5));
    const draws = 20_000;
    const counts = Array<number>(10).fill(0);
    for (let k = 0; k < draws; k++) counts[Math.floor(draw() * 10)] += 1;
    const probability = (cell: number) =>
      axis.levels === null
        ? Array.from({ length: 100 }, (_unused, k) => at((cell + (k + 0.5) / 100) / 10)).reduce((sum, value) => sum + value) / 1000
        : at((cell + 0.5) / 10);
    const statistic = counts.reduce((sum, count, cell) => sum + (count - draws * probability(cell)) ** 2 / (draws * probability(cell)), 0);
    // Pearson's statistic, 9 degrees of freedom: above 27.9 in one of a thousand.
    expect(statistic).toBeLessThan(27.9);
  });

  it("is densest where most was seen", () => {
    const { at } = parzen(RANGE, [0.1, 0.19, 0.2, 0.21, 0.22, 0.3], ...streams(1));
    expect(at(0.2)).toBeGreaterThan(at(0.1));
    expect(at(0.1)).toBeGreaterThan(at(0.6));
    expect(at(0.6)).toBeGreaterThan(at(0.9));
  });
});
