import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compromise, distancesFromBest } from "../../../../studies/tuning/analysis/compromise.js";
import { isCompleteGrid, levelsOf, neighboursOf, trialAt } from "../../../../studies/tuning/analysis/grid-places.js";
import { least, madeTuning, most } from "../made-tuning.js";

const loss = fc.integer({ min: 0, max: 5 });

describe("the trial to begin with", () => {
  it("is, of one objective, the one whose worst neighbour is best, as a naive reader of a grid finds it", () => {
    const width = fc.integer({ min: 1, max: 4 });
    const losses = fc.array(fc.option(loss), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(width, width, losses, (rows, columns, all) => {
        const own = all.slice(0, rows * columns);
        const tuning = madeTuning({
          parameters: [Array.from({ length: rows }, (_, i) => i), Array.from({ length: columns }, (_, i) => 10 * i)],
          objectives: [least],
          values: own.map((one) => (one === null ? null : [[one]])),
        });
        const worstAround = (at: number) => {
          const [row, column] = [Math.floor(at / columns), at % columns];
          const around = [
            [row, column],
            [row - 1, column],
            [row + 1, column],
            [row, column - 1],
            [row, column + 1],
          ].filter(([i, j]) => i >= 0 && i < rows && j >= 0 && j < columns);
          return Math.max(...around.map(([i, j]) => own[i * columns + j] ?? Number.MAX_VALUE));
        };
        const known = own.flatMap((one, at) => (one === null ? [] : [at]));
        // Of equals the one that is best itself, then the earlier.
        const isAhead = (at: number, other: number) =>
          worstAround(at) < worstAround(other) ||
          (worstAround(at) === worstAround(other) && ((own[at] ?? 0) < (own[other] ?? 0) || (own[at] === own[other] && at <= other)));
        const best = known.find((at) => known.every((other) => isAhead(at, other))) ?? null;
        const given = own.map((one) => (one === null ? null : [one]));
        expect(compromise(tuning, given)).toBe(best);
      }),
    );
  });

  it("is, of several, the nearest to the best of each in units of their ranges, on the front", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.tuple(loss, loss, loss)), { minLength: 1, maxLength: 9 }), (losses) => {
        const known = losses.filter((one) => one !== null);
        const tuning = madeTuning({
          parameters: [losses.map((_, i) => i)],
          objectives: [least, { ...most, better: "min" }, { name: "third", better: "min" }],
          values: losses.map((one) => one?.map((value) => [value]) ?? null),
        });
        const chosen = compromise(tuning, losses);
        if (known.length === 0) {
          expect(chosen).toBe(null);
          return;
        }
        const edge = (k: number, pick: (...all: number[]) => number) => pick(...known.map((one) => one[k]));
        const far = (one: readonly number[]) =>
          Math.hypot(...one.map((value, k) => (value - edge(k, Math.min)) / (edge(k, Math.max) - edge(k, Math.min) || 1)));
        const nearest = Math.min(...known.map(far));
        expect(far(losses[chosen ?? -1] ?? [])).toBeCloseTo(nearest, 12);
        expect(distancesFromBest(losses).map((one) => one ?? -1)).toEqual(
          losses.map((one) => (one === null ? -1 : expect.closeTo(far(one), 12))),
        );
      }),
    );
  });

  it("does not make much of rounding along the front where the others are far away", () => {
    const losses = [
      [1, 1 + 2e-12],
      [1 + 1e-12, 1],
      [5, 9],
    ];
    const tuning = madeTuning({ parameters: [[1, 2, 3]], objectives: [least, most], values: losses.map((own) => own.map((one) => [one])) });
    // Both are as good as the best of each: by 1e-12 of 4 and 2e-12 of 8.
    expect(distancesFromBest(losses).map((one) => one ?? 1)).toEqual([
      expect.closeTo(0, 9),
      expect.closeTo(0, 9),
      expect.closeTo(Math.SQRT2, 9),
    ]);
    expect([0, 1]).toContain(compromise(tuning, losses));
  });

  it("counts neighbours that may not be chosen by what they are, and not as if they had failed", () => {
    const measured = [[5], [4], [3], [1]];
    const losses = [[5], [4], [3], null];
    const tuning = madeTuning({ parameters: [[1, 2, 3, 4]], objectives: [least], values: measured.map((one) => [one]) });
    expect(compromise(tuning, losses, measured)).toBe(2);
  });

  it("is the better one of two", () => {
    const losses = [[1], [2]];
    const tuning = madeTuning({ parameters: [[1, 2]], objectives: [least], values: losses.map((one) => [one]) });
    expect(compromise(tuning, losses)).toBe(0);
    expect(compromise(tuning, [...losses].reverse())).toBe(1);
  });

  it("shies away from trials that failed", () => {
    const losses = [[0], null, [1], [1], [2]];
    const tuning = madeTuning({
      parameters: [[1, 2, 3, 4, 5]],
      objectives: [least],
      values: losses.map((one) => (one === null ? null : [one])),
    });
    expect(compromise(tuning, losses)).toBe(3);
  });
});

describe("the places of trials", () => {
  const parameters = [
    [1, 2, 3],
    ["x", "y"],
    [false, true],
  ];

  it("are a whole grid where every combination has its trial", () => {
    const values = Array.from({ length: 12 }, () => [[0]]);
    const whole = madeTuning({ parameters, objectives: [least], values });
    expect(isCompleteGrid(whole)).toBe(true);
    expect(isCompleteGrid(madeTuning({ parameters, objectives: [least], values: values.slice(1) }))).toBe(false);
    expect(levelsOf(whole, 7)).toEqual([1, 1, 1]);
    expect(trialAt(whole, [1, 1, 1])).toBe(7);
    expect(trialAt(whole, [3, 0, 0])).toBeUndefined();
    // One step, in what has an order.
    expect(neighboursOf(whole, 4)).toEqual([0, 8]);
  });

  const range = { kind: "range" as const, from: 0, to: 1, scale: "linear" as const, isWhole: false };

  it("have, in ranges, those within a tenth as neighbours, the nearest first and no more than two for each parameter", () => {
    const points = [0, 0.0625, 0.09375, 0.25, 0.3125, 0.34375, 0.28125, 0.9];
    const tuning = madeTuning({
      parameters: [range],
      assignments: points.map((one) => [one]),
      objectives: [least],
      values: points.map(() => [[0]]),
      study: { sampler: "random", trials: 8 },
    });
    expect(isCompleteGrid(tuning)).toBe(false);
    expect(neighboursOf(tuning, 0)).toEqual([1, 2]);
    expect(neighboursOf(tuning, 4)).toEqual([5, 6]);
    expect(neighboursOf(tuning, 7)).toEqual([]);
  });

  it("in ranges beside words are neighbours with the same word alone", () => {
    const assignments = [
      [0, "x"],
      [0, "y"],
      [0.0625, "x"],
      [0.8, "x"],
    ] as const;
    const tuning = madeTuning({
      parameters: [range, ["x", "y"]],
      assignments,
      objectives: [least],
      values: assignments.map(() => [[0]]),
      study: { sampler: "random", trials: 4 },
    });
    expect(neighboursOf(tuning, 0)).toEqual([2]);
    expect(neighboursOf(tuning, 1)).toEqual([]);
  });
});
