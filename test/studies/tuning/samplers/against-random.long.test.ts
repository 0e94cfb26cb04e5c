import { describe, expect, it } from "vitest";
import { spreadOf } from "../../../../studies/index.js";
import { hypervolume } from "../../../../studies/tuning/hypervolume.js";
import type { SamplerName } from "../../../../studies/tuning/samplers/index.js";
import {
  BRANIN_LEAST,
  branin,
  HARTMANN_LEAST,
  HARTMANN_OPTIMUM,
  hartmann6,
  ZDT1_HYPERVOLUME,
  ZDT2_HYPERVOLUME,
  zdt1,
  zdt2,
  zdt3,
} from "../published-functions.js";
import { choice, leastLoss, list, ranges, type Search, searched } from "../search.js";

const SEEDS = 60;
/** Of intervals of what is gained. */
const CONFIDENCE = 0.99;

const seeds = Array.from({ length: SEEDS }, (_, at) => at + 1);
const reference = [1.1, 1.1];

/** How far a search ends from the published optimum, over seeds. */
function regrets(search: Omit<Search, "seed">, loss: (point: readonly number[]) => number, least: number): readonly number[] {
  return seeds.map((seed) => leastLoss(searched({ ...search, seed }, (point) => [loss(point)])) - least);
}

/** In powers of ten, down to a millionth. */
const powers = (distances: readonly number[]) => distances.map((distance) => Math.log10(distance + 1e-6));

/** The interval of what a sampler gains over random search at the same budget and seed. */
function gain(one: readonly number[], random: readonly number[]): { readonly low: number; readonly high: number } {
  const { interval } = spreadOf(
    one.map((value, at) => value - random[at]),
    CONFIDENCE,
  );
  return interval ?? { low: Number.NaN, high: Number.NaN };
}

describe("functions as published", () => {
  it("have their optima where they are said to be", () => {
    for (const [x, y] of [
      [-Math.PI, 12.275],
      [Math.PI, 2.275],
      [9.42478, 2.475],
    ]) {
      expect(branin([(x + 5) / 15, y / 15])).toBeCloseTo(BRANIN_LEAST, 5);
    }
    expect(hartmann6(HARTMANN_OPTIMUM)).toBeCloseTo(HARTMANN_LEAST, 4);
    const front = (zdt: typeof zdt1) => Array.from({ length: 20_001 }, (_, at) => zdt([at / 20_000, 0, 0]));
    expect(hypervolume(front(zdt1), reference)).toBeCloseTo(ZDT1_HYPERVOLUME, 4);
    expect(hypervolume(front(zdt2), reference)).toBeCloseTo(ZDT2_HYPERVOLUME, 4);
  });
});

describe.each<[SamplerName, number, number, number]>([
  // Budget; the least gain on Branin, in powers of ten, and on Hartmann-6, whose values span 3.3.
  ["tpe", 100, 0.5, 0.2],
  ["cma_es", 300, 0.7, 0.2],
])("%s with %i points against random search with as many, over seeds", (name, budget, onBranin, onHartmann) => {
  it("comes nearer to Branin's optimum", () => {
    const random = regrets({ name: "random", axes: ranges(2), budget }, branin, BRANIN_LEAST);
    const { high } = gain(powers(regrets({ name, axes: ranges(2), budget }, branin, BRANIN_LEAST)), powers(random));
    expect(high).toBeLessThan(-onBranin);
  });

  it("comes nearer to the optimum of Hartmann's function of six variables", () => {
    const random = regrets({ name: "random", axes: ranges(6), budget }, hartmann6, HARTMANN_LEAST);
    const { high } = gain(regrets({ name, axes: ranges(6), budget }, hartmann6, HARTMANN_LEAST), random);
    expect(high).toBeLessThan(-onHartmann);
  });
});

describe("CMA-ES with 800 points", () => {
  it("finds Branin's optimum in every seed, also where a first search ended elsewhere", () => {
    for (const regret of regrets({ name: "cma_es", axes: ranges(2), budget: 800 }, branin, BRANIN_LEAST)) expect(regret).toBeLessThan(1e-4);
  });

  it("finds one in a corner of the cube", () => {
    const corner = ([u, v]: readonly number[]) => u + 2 * (1 - v);
    for (const regret of regrets({ name: "cma_es", axes: ranges(2), budget: 800 }, corner, 0)) expect(regret).toBeLessThan(1e-4);
  });
});

describe("where values are listed", () => {
  // A bowl over 21 x 21 values, and a word that shifts it: one combination of 1764 is the best, and 5 of 100 are no worse than 0.05.
  const axes = [list(21), list(21), choice(4)];
  const bowl = ([u, v, w]: readonly number[]) => (u - 0.7) ** 2 + (v - 0.2) ** 2 + [0.3, 0.1, 0, 0.2][Math.floor(4 * w)];

  it("TPE with 100 points comes nearer to the best combination than random search", () => {
    const random = regrets({ name: "random", axes, budget: 100 }, bowl, 0);
    expect(gain(powers(regrets({ name: "tpe", axes, budget: 100 }, bowl, 0)), powers(random)).high).toBeLessThan(-0.2);
  });

  it("CMA-ES with 100 points finds the best of 441 in most seeds, random search in a quarter", () => {
    const two = axes.slice(0, 2);
    const best = Math.min(
      ...searched({ name: "grid", axes: two, budget: 441 }, (point) => [bowl([...point, 0.6])]).outcomes.map((one) => one?.[0] ?? 1),
    );
    const found = regrets({ name: "cma_es", axes: two, budget: 100 }, (point) => bowl([...point, 0.6]), best);
    expect(found.filter((regret) => regret === 0).length).toBeGreaterThan(0.8 * SEEDS);
  });
});

describe("NSGA-II against random search, by hypervolume", () => {
  const volumes = (name: SamplerName, zdt: typeof zdt1, budget: number) =>
    seeds.map((seed) => {
      const { outcomes } = searched({ name, axes: ranges(5), seed, budget }, zdt);
      return hypervolume(
        outcomes.filter((losses) => losses !== null),
        reference,
      );
    });

  it.each([
    ["ZDT1", zdt1, ZDT1_HYPERVOLUME, 0.95],
    ["ZDT2", zdt2, ZDT2_HYPERVOLUME, 0.6],
    // The front lies in five pieces; its hypervolume was computed on a fine grid of the first coordinate.
    ["ZDT3", zdt3, 1.3319, 0.9],
  ] as const)("covers the front of %s with 2000 points, and random search does not", (_, zdt, whole, least) => {
    const [one, random] = [volumes("nsga2", zdt, 2000), volumes("random", zdt, 2000)];
    for (const volume of one) expect(volume).toBeLessThanOrEqual(whole + 1e-3);
    expect(gain(one, random).low).toBeGreaterThan(0.2);
    expect(spreadOf(one).mean).toBeGreaterThan(least * whole);
  });

  it("takes what failed for worse than anything: a forbidden half of the space is left", () => {
    const forbidden = (point: readonly number[]) => (point[1] < 0.5 ? zdt1([point[0], (0.5 - point[1]) * 2, ...point.slice(2)]) : null);
    const { points, outcomes } = searched({ name: "nsga2", axes: ranges(3), budget: 800 }, forbidden);
    const late = points.slice(400).filter(([, v]) => v < 0.5).length;
    expect(outcomes.slice(0, 40).filter((one) => one === null).length).toBeGreaterThan(10);
    expect(late).toBeGreaterThan(300);
  });
});
