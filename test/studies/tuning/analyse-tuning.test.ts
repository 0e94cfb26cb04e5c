import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseTuning, type Objective, type TunedValue, type Tuning } from "../../../studies/index.js";

interface Given {
  readonly parameters: readonly (readonly TunedValue[])[];
  readonly objectives: readonly Objective[];
  /** By trial, objective and replicate. */
  readonly values: readonly (readonly (readonly number[])[] | null)[];
  readonly random?: readonly string[];
}

function tuningOf({ parameters, objectives, values, random = ["streams.peers"] }: Given): Tuning {
  const assignments = parameters.reduce<TunedValue[][]>((all, own) => all.flatMap((one) => own.map((value) => [...one, value])), [[]]);
  return {
    dir: "/tmp",
    scenario: "made",
    seed: 1,
    parameters: parameters.map((own, i) => ({ path: `p${i}`, values: own })),
    objectives,
    replicates: (values.find((one) => one !== null)?.[0] ?? [0]).map((_, i) => i),
    random,
    undecided: [],
    trials: assignments.map((assignment, number) => ({ number, assignment, values: values[number], error: null })),
  };
}

const least: Objective = { name: "cost", better: "min" };
const most: Objective = { name: "gain", better: "max" };

describe("what trials amount to", () => {
  it("has the front that nothing is better than, as a naive reader finds it", () => {
    const value = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.option(fc.tuple(value, value)), { minLength: 1, maxLength: 8 }), (all) => {
        const values = all.map((one) => one?.map((mean) => [mean]) ?? null);
        const { front, chosen } = analyseTuning(tuningOf({ parameters: [all.map((_, i) => i)], objectives: [least, most], values }));
        const isBeaten = (one: readonly number[]) =>
          all.some((other) => other !== null && other[0] <= one[0] && other[1] >= one[1] && (other[0] < one[0] || other[1] > one[1]));
        expect(front).toEqual(all.flatMap((one, i) => (one === null || isBeaten(one) ? [] : [i])));
        if (front.length === 0) expect(chosen).toBe(null);
        else expect(front).toContain(chosen);
      }),
    );
  });

  it("prefers a plateau to a peak where one thing is wanted", () => {
    // The peak at 1 falls off on both sides, the plateau at 4 does not.
    const values = [0, 9, 0, 6, 7, 6, 0].map((gain) => [[gain]]);
    expect(analyseTuning(tuningOf({ parameters: [[1, 2, 3, 4, 5, 6, 7]], objectives: [most], values })).chosen).toBe(4);
    // Words have no neighbours.
    const words = ["a", "b", "c", "d", "e", "f", "g"];
    expect(analyseTuning(tuningOf({ parameters: [words], objectives: [most], values })).chosen).toBe(1);
  });

  it("chooses what is nearest to the best of each where several are wanted", () => {
    const values = [
      [[0], [0]],
      [[1], [9]],
      [[10], [10]],
    ];
    expect(analyseTuning(tuningOf({ parameters: [[1, 2, 3]], objectives: [least, most], values })).chosen).toBe(1);
  });

  it("says what cannot be decided: a flat objective, a parameter without effect, one draw, what cannot be told apart", () => {
    const kinds = (given: Given) => analyseTuning(tuningOf(given)).findings.map((finding) => finding.kind);
    const flat = [
      [[3], [1]],
      [[3], [2]],
    ];
    expect(kinds({ parameters: [[1, 2]], objectives: [least, most], values: flat })).toEqual(["flat_objective", "one_draw"]);
    // The second parameter changes nothing.
    const one = [1, 1, 2, 2, 3, 3].map((gain) => [[gain]]);
    const found = analyseTuning(
      tuningOf({
        parameters: [
          [1, 2, 3],
          [7, 8],
        ],
        objectives: [most],
        values: one,
        random: [],
      }),
    ).findings;
    expect(found).toEqual([
      { kind: "parameter_without_effect", path: "p1" },
      { kind: "these_data_alone" },
      { kind: "at_the_edge", path: "p0", value: "3" },
    ]);
    const noisy = [[[1, 2, 3]], [[2, 1, 3.5]], [[9, 9.5, 9]]];
    const told = analyseTuning(tuningOf({ parameters: [["a", "b", "c"]], objectives: [least], values: noisy })).findings;
    expect(told).toEqual([{ kind: "not_told_apart", trials: [1], of: 2, replicates: 3 }]);
  });

  it("finds a planted best value on other draws, and says of noise that it cannot tell", () => {
    const targets = [0.5, 0.6, 0.7, 0.8, 0.9];
    for (let seed = 0; seed < 10; seed++) {
      let state = seed * 7_919 + 17;
      const noise = () => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647 - 0.5;
      };
      const draws = Array.from({ length: 12 }, noise);
      const planted = targets.map((target) => [draws.map((draw) => 1 - 4 * (target - 0.7) ** 2 + 0.3 * draw + 0.01 * noise())]);
      const best = analyseTuning(tuningOf({ parameters: [targets], objectives: [most], values: planted }));
      expect(targets[best.chosen ?? -1]).toBe(0.7);
      const nothing = targets.map(() => [draws.map(() => noise())]);
      const { findings } = analyseTuning(tuningOf({ parameters: [targets.map(String)], objectives: [most], values: nothing }));
      expect(findings.find(({ kind }) => kind === "not_told_apart")).toBeDefined();
    }
  });
});
