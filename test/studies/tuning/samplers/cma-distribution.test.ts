import { describe, expect, it } from "vitest";
import { normalDeviates, randomStreams } from "../../../../engine/index.js";
import { CmaDistribution } from "../../../../studies/tuning/samplers/cma-distribution.js";

/** Generations until a function of n variables is below a limit. */
function generationsTo(limit: number, n: number, points: number, seed: number, loss: (x: Float64Array) => number): number {
  const normal = normalDeviates(randomStreams(seed, 1)("normal"));
  const distribution = new CmaDistribution(Array<number>(n).fill(1), 0.5, points);
  for (let generation = 1; generation < 2000; generation++) {
    const drawn = Array.from({ length: points }, () => distribution.draw(normal));
    const ranked = drawn.toSorted((a, b) => loss(a) - loss(b));
    if (loss(ranked[0]) < limit) return generation;
    distribution.move(
      ranked.map((point) => ({ point, isInjected: false })),
      false,
    );
  }
  return Number.POSITIVE_INFINITY;
}

const sphere = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
/** An ellipsoid of condition 10^6 whose axes are turned by 45 degrees in each pair. */
const turned = (x: Float64Array) => {
  const terms = Array.from(x, (value, i) => {
    const partner = i % 2 === 0 ? x[(i + 1) % x.length] : -x[i - 1];
    return 10 ** ((6 * i) / (x.length - 1)) * ((value + partner) ** 2 / 2);
  });
  return terms.reduce((sum, term) => sum + term);
};

describe("the distribution of CMA-ES", () => {
  it("converges on a sphere at a rate that does not fall: as many generations for each power of ten", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const [few, many] = [1e-6, 1e-12].map((limit) => generationsTo(limit, 6, 9, seed, sphere));
      expect(many).toBeLessThan(2.5 * few);
      expect(many).toBeLessThan(300);
    }
  });

  it("learns the shape of a turned ellipsoid of condition 10^6", () => {
    for (let seed = 1; seed <= 5; seed++) expect(generationsTo(1e-9, 6, 9, seed, turned)).toBeLessThan(600);
  });

  it("does the same whatever the function is scaled by: only ranks count", () => {
    const loss = (x: Float64Array) => Math.cbrt(sphere(x)) * 1e9 - 5;
    expect(generationsTo(Math.cbrt(1e-9) * 1e9 - 5, 4, 8, 3, loss)).toBe(generationsTo(1e-9, 4, 8, 3, sphere));
  });

  it("is widened to a deviation along an axis, and no further", () => {
    const distribution = new CmaDistribution([0, 0], 0.1, 6);
    distribution.widen(0, 0.5);
    expect(distribution.widest).toBeCloseTo(0.5, 12);
    distribution.widen(1, 0.05);
    expect(distribution.condition).toBeCloseTo(25, 9);
  });

  it("limits how far a point that was put in the place of another moves it", () => {
    const [near, far] = [1e3, 1e9].map((distance) => {
      const distribution = new CmaDistribution([0], 1, 4);
      const candidate = (x: number) => ({ point: Float64Array.of(x), isInjected: true });
      distribution.move([candidate(distance), candidate(0.1), candidate(-0.1), candidate(-0.2)], false);
      return distribution.widest;
    });
    expect(far).toBe(near);
    expect(far).toBeLessThan(10);
  });
});
