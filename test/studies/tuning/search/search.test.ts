import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SAMPLERS, samplerNamed } from "../../../../studies/tuning/samplers/index.js";
import { type Candidate, search } from "../../../../studies/tuning/search/search.js";
import { refusalOf } from "../../../recorders/temporary-folder.js";
import { madePlan } from "./made-plan.js";

const BOWL = { x: { from: -1, to: 1 }, y: { from: -1, to: 1 } };
const GRID = { x: [0, 1, 2, 3], y: [0, 1, 2] };
const lossesOf = ({ assignment: [x, y] }: Candidate) => [(Number(x) - 0.3) ** 2 + Number(y) ** 2, Number(x) + Number(y)];

/** All that a search runs, batch by batch. */
async function run(plan: Parameters<typeof search>[0], outcomeOf: (one: Candidate) => readonly number[] | null = lossesOf) {
  const count = plan.objectives.length;
  const batches: (readonly Candidate[])[] = [];
  const found = await search(plan, {
    async run(batch) {
      batches.push(batch);
      return batch.map((one) => outcomeOf(one)?.slice(0, count) ?? null);
    },
  });
  return { ...found, batches };
}

const takes = (sampler: (typeof SAMPLERS)[number]) =>
  samplerNamed(sampler).objectives === "several" ? ["pot_moved", "gini_after"] : ["pot_moved"];

describe("a search", () => {
  it.each(SAMPLERS)("by %s gives numbered trials in batches, the same again, and of fewer the first ones", async (sampler) => {
    const vary = sampler === "grid" ? GRID : BOWL;
    const plan = (trials: number, seed = 7) => madePlan({ vary, sampler, trials, seed, objectives: takes(sampler) });
    const { candidates, batches, isWhole } = await run(plan(11));
    expect(isWhole).toBe(true);
    expect(candidates.map(({ number }) => number)).toEqual(candidates.map((_, at) => at));
    expect(candidates).toHaveLength(11);
    expect(batches.flat()).toEqual(candidates);
    expect((await run(plan(11))).candidates).toEqual(candidates);
    // Only of a Latin hypercube do the points depend on how many there are.
    if (sampler !== "latin_hypercube") expect((await run(plan(6))).candidates).toEqual(candidates.slice(0, 6));
    if (sampler !== "grid") expect((await run(plan(11, 8))).candidates).not.toEqual(candidates);
  });

  it.each(SAMPLERS)("by %s tries no combination twice, and ends when all were tried", async (sampler) => {
    const { candidates } = await run(madePlan({ vary: GRID, sampler, trials: 50, objectives: takes(sampler) }));
    expect(candidates).toHaveLength(12);
    expect(new Set(candidates.map(({ assignment }) => assignment.join())).size).toBe(12);
  });

  it.each(SAMPLERS)("by %s has no trial that breaks a constraint, and as many as were asked for where they can be had", async (sampler) => {
    const vary = sampler === "grid" ? GRID : BOWL;
    const plan = madePlan({ vary, constraints: ["x > y"], sampler, trials: 9, objectives: takes(sampler) });
    const { candidates } = await run(plan);
    for (const { assignment } of candidates) expect(Number(assignment[0])).toBeGreaterThan(Number(assignment[1]));
    expect(candidates.map(({ number }) => number)).toEqual(candidates.map((_, at) => at));
    // A Latin hypercube has its points at once; of a grid of 4 x 3 six have x above y.
    const expected = { grid: 6, latin_hypercube: candidates.length }[sampler as string] ?? 9;
    expect(candidates).toHaveLength(expected);
    expect(candidates.length).toBeGreaterThan(0);
  });

  it("by a grid is the naive double loop without what the constraint forbids", async () => {
    const size = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 0, max: 9 }), async (rows, columns, most) => {
        const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
        const plan = madePlan({ vary: { x: upTo(rows), y: upTo(columns) }, constraints: [`x + y <= ${most}`] });
        const expected: number[][] = [];
        for (const x of upTo(rows)) for (const y of upTo(columns)) if (x + y <= most) expected.push([x, y]);
        expect((await run(plan)).candidates.map(({ assignment }) => assignment)).toEqual(expected);
      }),
    );
  });

  it.each(SAMPLERS)("by %s is refused where nothing meets the constraints", async (sampler) => {
    const vary = sampler === "grid" ? GRID : BOWL;
    const plan = madePlan({ vary, constraints: ["x > 5", "x < y"], sampler, trials: 20, objectives: takes(sampler) });
    const refusal = await refusalOf(() => run(plan));
    expect(refusal).toMatchObject({ code: "TEN-TUNE-141", place: { path: "constraints" }, found: expect.stringMatching(/^x > 5; x < y/) });
    expect(refusal.hint).toBeDefined();
    // Of a space without end nobody has seen all.
    expect(refusal.found).toMatch(sampler === "grid" ? /all combinations/ : /\(\d+ combinations\)/);
  });

  it("of a large grid finds what meets the constraints although it comes late", async () => {
    const vary = { x: { from: 1, to: 300, step: 1 }, y: { from: 1, to: 300, step: 1 } };
    const { candidates } = await run(madePlan({ vary, constraints: ["x >= 299", "y == 300"] }));
    expect(candidates.map(({ assignment }) => assignment)).toEqual([
      [299, 300],
      [300, 300],
    ]);
  });

  it("ends with the batch that is not all decided", async () => {
    const plan = madePlan({ vary: BOWL, sampler: "tpe", trials: 40 });
    let left = 3;
    const seen: number[] = [];
    const { candidates, isWhole } = await search(plan, {
      async run(batch) {
        seen.push(batch.length);
        left -= 1;
        return left === 0 ? null : batch.map(() => [1]);
      },
    });
    expect(isWhole).toBe(false);
    expect(seen).toEqual([4, 4, 4]);
    expect(candidates).toHaveLength(12);
  });

  it("learns from what it is told: after the start, more of the trials are near the best", async () => {
    const far = ({ assignment: [x, y] }: Candidate) => Math.hypot(Number(x) - 0.3, Number(y));
    for (const sampler of ["tpe", "cma_es"] as const) {
      const { candidates } = await run(madePlan({ vary: BOWL, sampler, trials: 80 }));
      const mean = (of: readonly Candidate[]) => of.reduce((sum, one) => sum + far(one), 0) / of.length;
      expect(mean(candidates.slice(40))).toBeLessThan(mean(candidates.slice(0, 16)) / 2);
    }
  });

  it("goes on where all of a batch failed", async () => {
    for (const sampler of ["tpe", "cma_es", "random"] as const) {
      const { candidates, isWhole } = await run(madePlan({ vary: BOWL, sampler, trials: 30 }), () => null);
      expect({ isWhole, count: candidates.length }).toEqual({ isWhole: true, count: 30 });
    }
  });
});
