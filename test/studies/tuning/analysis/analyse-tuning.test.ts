import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseTuning, spreadOf } from "../../../../studies/index.js";
import { least, madeTuning, most } from "../made-tuning.js";

const LIMIT = { figure: "cost", atMost: 1, atLeast: null };

describe("what trials amount to", () => {
  it("has the front that nothing is better than, as a naive reader finds it", () => {
    const value = fc.integer({ min: 0, max: 4 });
    const trial = fc.record({ value: fc.option(fc.tuple(value, value)), isBroken: fc.boolean(), isPruned: fc.boolean() });
    fc.assert(
      fc.property(fc.array(trial, { minLength: 1, maxLength: 8 }), (all) => {
        const values = all.map(({ value: one }) => one?.map((mean) => [mean]) ?? null);
        const { front, chosen } = analyseTuning(
          madeTuning({
            parameters: [all.map((_, i) => i)],
            objectives: [least, most],
            values,
            more: (at) => ({
              breaks: all[at].isBroken && values[at] !== null ? [LIMIT] : [],
              ...(all[at].isPruned && values[at] !== null ? { status: "pruned" as const } : {}),
            }),
          }),
        );
        const eligible = all.map(({ value: one, isBroken, isPruned }) => (isBroken || isPruned ? null : one));
        const isBeaten = (one: readonly number[]) =>
          eligible.some((other) => other !== null && other[0] <= one[0] && other[1] >= one[1] && (other[0] < one[0] || other[1] > one[1]));
        expect(front).toEqual(eligible.flatMap((one, i) => (one === null || isBeaten(one) ? [] : [i])));
        if (front.length === 0) expect(chosen).toBe(null);
        else expect(front).toContain(chosen);
      }),
    );
  });

  it("prefers a plateau to a peak where one thing is wanted", () => {
    // The peak at 1 falls off on both sides, the plateau at 4 does not.
    const values = [0, 9, 0, 6, 7, 6, 0].map((gain) => [[gain]]);
    expect(analyseTuning(madeTuning({ parameters: [[1, 2, 3, 4, 5, 6, 7]], objectives: [most], values })).chosen).toBe(4);
    // Words have no neighbours.
    const words = ["a", "b", "c", "d", "e", "f", "g"];
    expect(analyseTuning(madeTuning({ parameters: [words], objectives: [most], values })).chosen).toBe(1);
  });

  it("chooses what is nearest to the best of each where several are wanted", () => {
    const values = [
      [[0], [0]],
      [[1], [9]],
      [[10], [10]],
    ];
    expect(analyseTuning(madeTuning({ parameters: [[1, 2, 3]], objectives: [least, most], values })).chosen).toBe(1);
  });

  it("has the spread of each objective over the replicates, of the scenario as it stands too", () => {
    const values = [[[1, 2, 4]], null, [[3, 3, 3]]];
    const base = { values: [[5, 6, 7]], heldOut: null, spans: [], limited: [], spansLimited: [], breaks: [] };
    const made = { ...madeTuning({ parameters: [[1, 2, 3]], objectives: [least], values }), base };
    const { spreads, base: found, differences, chosen } = analyseTuning(made);
    expect(spreads).toEqual([[spreadOf([1, 2, 4])], null, [spreadOf([3, 3, 3])]]);
    expect(found).toEqual([spreadOf([5, 6, 7])]);
    // Both have the neighbour that failed: the earlier one.
    expect(chosen).toBe(0);
    expect(differences[1]).toBe(null);
    expect(differences[2]?.[0].mean).toBeCloseTo((2 + 1 - 1) / 3, 12);
    expect(differences[0]?.[0]).toMatchObject({ mean: 0 });
  });

  it("knows no differences of one replicate, nor from a choice that there is not", () => {
    expect(analyseTuning(madeTuning({ parameters: [[1, 2]], objectives: [least], values: [[[1]], [[2]]] })).differences).toEqual([]);
    const broken = madeTuning({
      parameters: [[1, 2]],
      objectives: [least],
      values: [[[1, 1]], [[2, 2]]],
      more: () => ({ breaks: [LIMIT] }),
    });
    expect(analyseTuning(broken)).toMatchObject({ chosen: null, front: [], differences: [] });
  });

  it("finds a planted best value that held-out draws agree on, and says of noise that it cannot tell", () => {
    const targets = [0.5, 0.6, 0.7, 0.8, 0.9];
    const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
    for (let seed = 0; seed < 10; seed++) {
      let state = seed * 7_919 + 17;
      const noise = () => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647 - 0.5;
      };
      const draws = numbers(24).map(noise);
      const planted = targets.map((target) => draws.map((draw) => 1 - 4 * (target - 0.7) ** 2 + 0.3 * draw + 0.01 * noise()));
      const halves = (all: readonly (readonly number[])[]) => ({
        parameters: [targets],
        objectives: [most],
        values: all.map((own) => [own.slice(0, 12)]),
        heldOut: numbers(12).map((at) => at + 12),
        more: (trial: number) => ({ heldOut: [all[trial].slice(12)] }),
      });
      const best = analyseTuning(madeTuning(halves(planted)));
      expect(targets[best.chosen ?? -1]).toBe(0.7);
      expect(best.trust.judgements[0].judgement.objectives[0].verdict).toBe("better");
      expect(best.findings).toEqual([]);
      const { findings } = analyseTuning(madeTuning(halves(targets.map(() => numbers(24).map(noise)))));
      expect(findings.find(({ kind }) => kind === "cannot_tell")).toMatchObject({ objectives: ["gain"], by: "held_out", isTooFew: false });
    }
  });
});
