import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStreams } from "../../../../engine/index.js";
import { morrisDesign, morrisEffects } from "../../../../studies/tuning/sensitivity/morris.js";
import type { Axis, UnitPoint } from "../../../../studies/tuning/space.js";
import { choice, list, RANGE, ranges } from "../search.js";

const stream = (seed = 1) => randomStreams(seed, 1)("morris");
const axis: fc.Arbitrary<Axis> = fc.oneof(
  fc.constant(RANGE),
  fc.integer({ min: 1, max: 7 }).map(list),
  fc.integer({ min: 1, max: 7 }).map(choice),
);

function effects(axes: readonly Axis[], f: (point: UnitPoint) => number | null, trajectories = 20, levels = 4) {
  const design = morrisDesign(axes, trajectories, stream(), levels);
  return morrisEffects(design, design.points.map(f), stream(2));
}

describe("Morris' trajectories", () => {
  it("change each axis that can change once, by half of its levels, and stay in the cube", () => {
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 5 }), fc.integer(), (axes, seed) => {
        const { points } = morrisDesign(axes, 3, stream(seed));
        const moving = axes.filter(({ levels }) => levels !== 1).length;
        expect(points).toHaveLength(3 * (moving + 1));
        for (let trajectory = 0; trajectory < 3; trajectory++) {
          const changed = new Set<number>();
          for (let step = 0; step < moving; step++) {
            const [before, after] = [0, 1].map((at) => points[trajectory * (moving + 1) + step + at]);
            const differing = axes.flatMap((_, at) => (before[at] === after[at] ? [] : [at]));
            expect(differing).toHaveLength(1);
            changed.add(differing[0]);
            const { levels, isOrdered } = axes[differing[0]];
            const count = levels ?? 4;
            if (isOrdered) expect(Math.abs(after[differing[0]] - before[differing[0]]) * count).toBeCloseTo(Math.floor(count / 2), 9);
          }
          expect(changed.size).toBe(moving);
        }
        expect(points.flat().every((u) => u > 0 && u < 1)).toBe(true);
      }),
    );
  });

  it("begin at every level as often as at any other", () => {
    const { points } = morrisDesign([list(4)], 2000, stream());
    const counts = Array<number>(4).fill(0);
    for (let at = 0; at < points.length; at += 2) counts[Math.floor(4 * points[at][0])] += 1;
    // Pearson's statistic, 3 degrees of freedom: above 16.3 in one of a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(16.3);
  });
});

describe("elementary effects", () => {
  it("of a straight line are its slopes over the whole axis, without deviation", () => {
    // The list goes from 0 to 8 in five steps of 2; the range from 10 to 13.
    const line = ([u, v]: UnitPoint) => 2 * Math.floor(5 * u) - (10 + 3 * v);
    const [of_list, of_range, none] = effects([list(5), RANGE, RANGE], line);
    expect(of_list).toMatchObject({
      effects: 20,
      mu: 8,
      muStar: 8,
      sigma: 0,
      muStarInterval: { low: 8, high: 8 },
      sigmaInterval: { low: 0, high: 0 },
    });
    expect(of_range?.mu).toBeCloseTo(-3, 12);
    expect(of_range?.muStar).toBeCloseTo(3, 12);
    expect(none).toMatchObject({ mu: 0, muStar: 0, sigma: 0, muStarInterval: { low: 0, high: 0 } });
  });

  it("that cancel in the mean count in the mean of absolute values", () => {
    const bent = ([u, v]: UnitPoint) => (u - 0.5) * (v - 0.5);
    const [one] = effects(ranges(2), bent, 400);
    if (one === null) throw new Error("no effect");
    // For v in the four cells' centres: 3/8 and 1/8 on either side, a mean of absolute values of 1/4.
    expect(Math.abs(one.mu)).toBeLessThan(0.05);
    expect(one.muStar).toBeCloseTo(0.25, 1);
    expect(one.muStarInterval.low).toBeLessThan(0.25);
    expect(one.muStarInterval.high).toBeGreaterThan(0.25);
    const sigma = Math.sqrt((1 / 64 + 9 / 64) / 2);
    expect(one.sigma).toBeCloseTo(sigma, 1);
    expect(one.sigmaInterval?.low).toBeLessThan(sigma);
    expect(one.sigmaInterval?.high).toBeGreaterThan(sigma);
  });

  it("of values without order are the differences between any two", () => {
    const [one] = effects([choice(3)], ([u]) => [0, 1, 5][Math.floor(3 * u)], 3000);
    // Pairs of 0, 1, 5: 1, 4 and 5, as often one way as the other.
    expect(one?.muStar).toBeCloseTo(10 / 3, 0);
    expect(Math.abs(one?.mu ?? 1)).toBeLessThan(0.3);
  });

  it("do not count where a value is missing, and are none of an axis that cannot change", () => {
    const [one, fixed] = effects([RANGE, list(1)], ([u]) => (u < 0.25 ? null : u), 40);
    expect(fixed).toBeNull();
    expect(one?.effects).toBeLessThan(40);
    expect(one?.mu).toBeCloseTo(1, 12);
    expect(effects(ranges(2), () => null)).toEqual([null, null]);
  });

  it("rank what matters on a function with known parts: 20 u, u against v, and nothing", () => {
    const [large, small, none] = effects(ranges(3), ([u, v]) => 20 * u + 2 * v * v, 10);
    expect(large?.muStar).toBeGreaterThan(5 * (small?.muStar ?? 0));
    expect(small?.muStar).toBeGreaterThan(1);
    expect(none?.muStar).toBe(0);
  });

  it("are refused of nothing, of odd levels and of wrong values", () => {
    expect(() => morrisDesign([], 4, stream())).toThrow("TEN-BUG");
    expect(() => morrisDesign(ranges(1), 1, stream())).toThrow("TEN-BUG");
    expect(() => morrisDesign(ranges(1), 4, stream(), 5)).toThrow("TEN-BUG");
    const design = morrisDesign(ranges(1), 2, stream());
    expect(() => morrisEffects(design, [1, 2, 3], stream())).toThrow("TEN-BUG");
    expect(() => morrisEffects(design, [1, 2, 3, Number.NaN], stream())).toThrow("TEN-BUG");
  });
});
