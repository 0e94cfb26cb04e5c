import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Outcome, SAMPLERS, type SamplerName, samplerNamed } from "../../../../studies/tuning/samplers/index.js";
import type { Axis, UnitPoint } from "../../../../studies/tuning/space.js";
import { bound, choice, list, ranges, searched } from "../search.js";

const axisOf = (sampler: SamplerName): fc.Arbitrary<Axis> =>
  fc.oneof(
    fc.integer({ min: 1, max: 6 }).map(list),
    ...(sampler === "cma_es" ? [] : [fc.integer({ min: 1, max: 4 }).map(choice)]),
    ...(sampler === "grid" ? [] : [fc.constant<Axis>({ levels: null, isOrdered: true })]),
  );

/** Some loss of a point, as many as the sampler takes, and failures among them. */
function outcomeFor(sampler: SamplerName): (point: UnitPoint) => Outcome {
  return (point) => {
    const sum = point.reduce((total, u, at) => total + (at + 1) * (u - 0.3) ** 2, 0);
    if (Math.floor(sum * 1000) % 7 === 3) return null;
    return samplerNamed(sampler).objectives === "one" ? [sum] : [sum, 1 - point[0]];
  };
}

const search = (sampler: SamplerName) =>
  fc.record({
    name: fc.constant(sampler),
    axes: fc.array(axisOf(sampler), { minLength: 1, maxLength: 4 }),
    seed: fc.integer({ min: 0, max: 1e9 }),
    budget: fc.integer({ min: 1, max: 90 }),
  });

const keyOf = (point: UnitPoint) => point.join();
const productOf = (axes: readonly Axis[]) => axes.reduce((product, { levels }) => product * (levels ?? Number.POSITIVE_INFINITY), 1);

describe.each(SAMPLERS)("the sampler %s", (sampler) => {
  const outcome = outcomeFor(sampler);

  it("gives the same points asked in pieces of any size", () => {
    fc.assert(
      fc.property(search(sampler), fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }), (one, sizes) => {
        const whole = searched(one, outcome).points;
        expect(searched(one, outcome, (done) => sizes[done % sizes.length]).points).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it("stays in the cube, at the centres of cells, and tries no combination twice before all were tried", () => {
    fc.assert(
      fc.property(search(sampler), (one) => {
        const { points } = searched(one, outcome);
        for (const point of points) {
          expect(point).toHaveLength(one.axes.length);
          for (const [at, { levels }] of one.axes.entries()) {
            expect(point[at] >= 0 && point[at] < 1).toBe(true);
            if (levels !== null) expect(point[at]).toBe((Math.floor(point[at] * levels) + 0.5) / levels);
          }
        }
        const count = productOf(one.axes);
        expect(points).toHaveLength(Math.min(count, one.budget));
        if (count < Number.POSITIVE_INFINITY) expect(new Set(points.map(keyOf)).size).toBe(points.length);
      }),
      { numRuns: 40 },
    );
  });

  it("ends where all combinations were tried, and stays at its end", () => {
    const one = { name: sampler, axes: [list(3), list(2)], budget: 50 };
    const instance = bound(one);
    const points: UnitPoint[] = [];
    for (let asked = instance.ask(4); asked.length > 0; asked = instance.ask(4)) {
      points.push(...asked);
      instance.tell(asked.map(outcome));
    }
    expect(new Set(points.map(keyOf)).size).toBe(6);
    expect(points).toHaveLength(6);
    expect(instance.ask(4)).toEqual([]);
  });

  it("goes on where nothing has a loss", () => {
    const { points } = searched({ name: sampler, axes: [list(20), list(20)], budget: 100 }, () => null);
    expect(points).toHaveLength(100);
  });

  it("declares a batch that what it asks for keeps to", () => {
    const { batchSize, adapts, parameters } = samplerNamed(sampler);
    const defaults = Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, one.default ?? null]));
    const size = batchSize(defaults as never, [list(9), list(9)]);
    expect(size === null).toBe(!adapts);
    if (size !== null) expect(bound({ name: sampler, axes: [list(9), list(9)], budget: 81 }).ask(81)).toHaveLength(size);
  });

  it("refuses to be asked for no points", () => {
    const instance = bound({ name: sampler, axes: [list(3)], budget: 3 });
    for (const count of [0, -1, 1.5, Number.POSITIVE_INFINITY, Number.NaN])
      expect(() => instance.ask(count)).toThrow("points were asked for");
  });
});

describe("the points of a seed", () => {
  it.each(SAMPLERS.filter((name) => name !== "grid"))("of %s are others than those of another", (name) => {
    const [one, other] = [1, 2].map((seed) => searched({ name, axes: ranges(3), seed, budget: 40 }, outcomeFor(name)).points);
    expect(other).not.toEqual(one);
  });

  it.each(["random", "sobol", "tpe", "cma_es", "nsga2"] as const)("of %s do not depend on the budget", (name) => {
    const [few, many] = [30, 60].map((budget) => searched({ name, axes: ranges(3), budget }, outcomeFor(name)).points);
    expect(many.slice(0, 30)).toEqual(few);
  });
});

describe("a sampler that adapts", () => {
  it("refuses to be asked before it was told, and to be told of other points than it gave", () => {
    for (const name of ["tpe", "cma_es", "nsga2"] as const) {
      const sampler = bound({ name, axes: ranges(2), budget: 40 });
      expect(() => sampler.tell([[1]])).toThrow("told of 1 points, not of 0");
      sampler.ask(2);
      expect(() => sampler.ask(1)).toThrow("before it was told of 2 points");
      expect(() => sampler.tell([[1]])).toThrow("told of 1 points, not of 2");
      expect(() => sampler.tell([[1], [Number.NaN]])).toThrow("losses of NaN");
      expect(() => sampler.tell([[], []])).toThrow("losses of");
    }
    const one = bound({ name: "tpe", axes: ranges(2), budget: 40 });
    one.ask(1);
    expect(() => one.tell([[1, 2]])).toThrow("losses of 1, 2");
  });
});

describe("a search is refused", () => {
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it("by a grid over a range without points", () => {
    const named = [list(2), { name: "vesting.max_multiplier", levels: null, isOrdered: true }];
    expect(refusal(() => bound({ name: "grid", axes: named, budget: 9 }))).toMatchObject({
      code: "TEN-SAMPLER-002",
      found: "vesting.max_multiplier",
    });
    expect(refusal(() => bound({ name: "grid", axes: ranges(1), budget: 9 }))).toMatchObject({ code: "TEN-SAMPLER-002", found: 1 });
  });

  it("by a Sobol sequence of more axes than it has numbers for", () => {
    expect(bound({ name: "sobol", axes: ranges(64), budget: 9 }).ask(9)).toHaveLength(9);
    expect(refusal(() => bound({ name: "sobol", axes: ranges(65), budget: 9 }))).toMatchObject({ code: "TEN-SAMPLER-003", found: 65 });
  });

  it("by CMA-ES over values without order", () => {
    expect(bound({ name: "cma_es", axes: [choice(2), list(5)], budget: 9 }).ask(9).length).toBeGreaterThan(0);
    expect(refusal(() => bound({ name: "cma_es", axes: [list(2), choice(3)], budget: 9 }))).toMatchObject({
      code: "TEN-SAMPLER-004",
      found: 2,
    });
  });

  it.each([
    ["tpe", { batch: 0 }, "sampler.batch"],
    ["tpe", { goodShare: 1 }, "sampler.good_share"],
    ["tpe", { startup: 1.5 }, "sampler.startup"],
    ["cma_es", { population: 3 }, "sampler.population"],
    ["cma_es", { step: 0 }, "sampler.step"],
    ["nsga2", { population: 2 }, "sampler.population"],
    ["nsga2", { crossoverChance: 1.1 }, "sampler.crossover_chance"],
  ] as const)("by %s with %j", (name, parameters, path) => {
    expect(refusal(() => bound({ name, axes: ranges(2), budget: 9, parameters }))).toMatchObject({
      code: "TEN-SAMPLER-001",
      place: { path },
    });
  });

  it("without axes, levels or a budget: nobody could have asked for it", () => {
    for (const one of [
      { axes: [], budget: 1 },
      { axes: [list(0)], budget: 1 },
      { axes: [list(1.5)], budget: 1 },
      { axes: [list(2)], budget: 0 },
    ]) {
      expect(() => bound({ name: "random", ...one })).toThrow("TEN-BUG");
    }
  });
});
