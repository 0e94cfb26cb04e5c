import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalDeviates, type RandomStream, randomStreams } from "../../../../engine/index.js";
import { studentTQuantile } from "../../../../studies/statistics/student-t.js";
import { type Fold, type JudgementVerdict, judge, type PartLosses } from "../../../../studies/tuning/trust/judgement.js";
import { subsets } from "../../../../studies/tuning/trust/subsets.js";
import { cases } from "../../../cases.js";

/** The first trial with the least loss of the first objective. */
function least(losses: PartLosses): number | null {
  let best: number | null = null;
  for (const [trial, own] of losses.entries()) if (own !== null && (best === null || own[0] < (losses[best]?.[0] ?? 0))) best = trial;
  return best;
}

/** Losses of trials in windows, by the window before. */
function walked(windows: readonly (readonly number[])[]): readonly Fold[] {
  const part = (losses: readonly number[]) => losses.map((loss) => [loss]);
  return windows.slice(1).map((losses, at) => ({ train: part(windows[at]), judge: part(losses) }));
}

/** All choices of `judged` groups, the others to learn from. */
function combined(groups: readonly (readonly number[])[], judged: number): readonly Fold[] {
  const trials = groups[0].map((_, trial) => trial);
  const mean = (of: readonly number[]) => trials.map((trial) => [of.reduce((sum, group) => sum + groups[group][trial], 0) / of.length]);
  return [...subsets(groups.length, judged)].map((own) => ({
    train: mean(groups.map((_, at) => at).filter((at) => !own.includes(at))),
    judge: mean(own),
    judgeObservations: trials.map((trial) => [own.map((group) => groups[group][trial])]),
  }));
}

/** Replicates that were chosen by, and others that were held out. */
function heldOut(train: readonly number[], replicates: readonly (readonly number[])[]): Fold {
  const observed = train.map((_, trial) => replicates.map((own) => own[trial]));
  return {
    train: train.map((loss) => [loss]),
    judge: observed.map((own) => [own.reduce((sum, loss) => sum + loss, 0) / own.length]),
    judgeObservations: observed.map((own) => [own]),
  };
}

type Noise = (draw: { readonly uniform: RandomStream; readonly normal: () => number }) => () => number;

const NOISE: Readonly<Record<string, Noise>> = {
  normal: ({ normal }) => normal,
  /** A choice by it has small losses that vary little, which flatters every t statistic. */
  exponential:
    ({ uniform }) =>
    () =>
      -Math.log(1 - uniform()),
  cauchy:
    ({ uniform }) =>
    () =>
      Math.tan(Math.PI * (uniform() - 0.5)),
  /** Neighbours are alike. */
  "along a walk": ({ normal }) => {
    let at = 0;
    return () => {
      at = 0.9 * at + normal();
      return at;
    };
  },
};

/** One judgement of noise: 4 to 12 windows, groups or replicates of 4 to 60 trials. */
function judgedNoise(kind: keyof typeof NOISE, seed: number): JudgementVerdict {
  const random = randomStreams(seed, 1);
  const uniform = random("noise");
  const draw = NOISE[kind]({ uniform, normal: normalDeviates(random("normal")) });
  const [rows, trials] = [4 + Math.floor(9 * uniform()), 4 + Math.floor(57 * uniform())];
  const matrix = Array.from({ length: rows }, () => Array.from({ length: trials }, draw));
  const shape = seed % 4;
  if (shape === 3) {
    const groups = matrix.slice(0, 6);
    const judged = Math.floor(groups.length / 2);
    return judge(combined(groups, judged), 1, least, { groups: groups.length, judged }).objectives[0].verdict;
  }
  if (shape === 2) return judge([heldOut(matrix[0], matrix.slice(1))], 1, least).objectives[0].verdict;
  return judge(walked(matrix), 1, least).objectives[0].verdict;
}

describe("a choice judged out of sample", () => {
  it.each(Object.keys(NOISE).slice(0, cases(2, Number.POSITIVE_INFINITY)))(
    "of pure noise (%s) cannot be told, in all but 4 of 2,000 cases and fewer",
    (kind) => {
      const verdicts = Array.from({ length: 2000 }, (_, seed) => judgedNoise(kind, seed));
      const told = verdicts.filter((verdict) => verdict !== "cannot_tell");
      expect(told.length, `${told.length} of 2,000 told: ${told.join(", ")}`).toBeLessThanOrEqual(4);
    },
  );

  it("of a clear optimum is better, in any of the three ways to judge", () => {
    for (let seed = 0; seed < 30; seed++) {
      const normal = normalDeviates(randomStreams(seed, 1)("clear"));
      const matrix = Array.from({ length: 6 }, () => Array.from({ length: 24 }, (_, trial) => normal() + (trial === 7 ? -12 : 0)));
      for (const judgement of [
        judge(walked(matrix), 1, least),
        judge([heldOut(matrix[0], matrix.slice(1))], 1, least),
        judge(combined(matrix, 3), 1, least, { groups: 6, judged: 3 }),
      ]) {
        expect(judgement.folds.every(({ chosen }) => chosen === 7)).toBe(true);
        expect(judgement.objectives[0]).toMatchObject({ verdict: "better", isTooFew: false });
      }
    }
  });

  it("of a slope over a parameter is better, too, where it is steeper than the noise", () => {
    let better = 0;
    for (let seed = 0; seed < 40; seed++) {
      const normal = normalDeviates(randomStreams(seed, 1)("slope"));
      const matrix = Array.from({ length: 9 }, () => Array.from({ length: 20 }, (_, trial) => 0.5 * trial + normal()));
      if (judge(walked(matrix), 1, least).objectives[0].verdict === "better") better += 1;
    }
    expect(better).toBeGreaterThan(36);
  });

  it("by an objective that is paid for the other is worse", () => {
    const windows = Array.from({ length: 8 }, () => Array.from({ length: 12 }, (_, trial): readonly number[] => [trial, -trial]));
    const folds = windows.slice(1).map((part, at) => ({ train: windows[at], judge: part }));
    expect(judge(folds, 2, least).objectives.map(({ verdict }) => verdict)).toEqual(["better", "worse"]);
  });

  it("is as a model says that is written from the page", () => {
    const loss = fc.integer({ min: -3, max: 4 });
    const windows = fc
      .integer({ min: 1, max: 6 })
      .chain((trials) => fc.array(fc.array(loss, { minLength: trials, maxLength: trials }), { minLength: 2, maxLength: 8 }));
    fc.assert(
      fc.property(windows, (losses) => {
        const { folds, objectives, failed } = judge(walked(losses), 1, least);
        const [found] = objectives;
        expect(failed).toBe(0);
        const n = losses.length - 1;
        const improvements: number[] = [];
        const ranks: number[] = [];
        for (let at = 0; at < n; at++) {
          const chosen = losses[at].indexOf(Math.min(...losses[at]));
          const next = losses[at + 1];
          const mean = next.reduce((sum, one) => sum + one, 0) / next.length;
          improvements.push(mean - next[chosen]);
          ranks.push(next.filter((one) => one <= next[chosen]).length);
          const sorted = [...next].sort((a, b) => a - b);
          expect(folds[at]).toMatchObject({ chosen, of: next.length });
          expect(folds[at].objectives?.[0]).toMatchObject({
            inSample: losses[at][chosen],
            outOfSample: next[chosen],
            rank: (sorted.indexOf(next[chosen]) + sorted.lastIndexOf(next[chosen])) / 2 + 1,
          });
        }
        const mean = improvements.reduce((sum, one) => sum + one, 0) / n;
        for (const [at, one] of improvements.entries()) expect(found.improvements[at]).toBeCloseTo(one, 9);
        expect(found.improvement).toBeCloseTo(mean, 9);
        if (n > 1) {
          const deviation = Math.sqrt(improvements.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1));
          const half = (studentTQuantile(0.995, n - 1) * deviation) / Math.sqrt(n);
          expect(found.interval?.low).toBeCloseTo(mean - half, 9);
          expect(found.interval?.high).toBeCloseTo(mean + half, 9);
        } else expect(found.interval).toBeNull();
        const isFlat = losses.slice(1).every((window) => window.every((one) => one === window[0]));
        const isBetter = n >= 3 && (found.interval?.low ?? 0) > 0 && (found.luck?.better ?? 1) <= 0.0005;
        const isWorse = n >= 3 && (found.interval?.high ?? 0) < 0 && (found.luck?.worse ?? 1) <= 0.0005;
        expect(found.verdict).toBe(isFlat ? "flat" : isBetter ? "better" : isWorse ? "worse" : "cannot_tell");
        expect(found.isTooFew).toBe(n < 3);
        if (n <= 4) {
          // All ways in which as many ranks can fall.
          const of = losses[0].length;
          let hits = 0;
          for (let way = 0; way < of ** n; way++) {
            const sum = Array.from({ length: n }, (_, at) => (Math.floor(way / of ** at) % of) + 1).reduce((total, one) => total + one, 0);
            if (sum <= ranks.reduce((total, one) => total + one, 0)) hits += 1;
          }
          expect(found.luck?.better).toBeCloseTo(hits / of ** n, 9);
        }
      }),
    );
  });

  it("takes shared parts as one whose variance falls no further than their overlap", () => {
    const normal = normalDeviates(randomStreams(5, 1)("shared"));
    const groups = Array.from({ length: 6 }, () => Array.from({ length: 9 }, normal));
    const { objectives, per } = judge(combined(groups, 2), 1, least, { groups: 6, judged: 2 });
    const [{ improvements, improvement, interval }] = objectives;
    expect(per).toBe("fold");
    expect(improvements).toHaveLength(15);
    const mean = improvements.reduce((sum, one) => sum + one, 0) / 15;
    const deviation = Math.sqrt(improvements.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 14);
    expect(improvement).toBeCloseTo(mean, 12);
    expect(interval?.high).toBeCloseTo(mean + studentTQuantile(0.995, 5) * deviation * Math.sqrt(1 / 15 + 2 / 4), 9);
  });

  it("needs a wider interval, and less luck, for more objectives", () => {
    const windows = [
      [0, 1, 2, 3],
      [0.1, 1, 2, 3],
      [0, 1.2, 2, 3],
      [0, 1, 2.3, 3],
    ];
    const folds = (objectives: number) =>
      walked(windows).map(({ train, judge: part }) => ({
        train: train.map((own) => Array<number>(objectives).fill(own?.[0] ?? 0)),
        judge: part.map((own) => Array<number>(objectives).fill(own?.[0] ?? 0)),
      }));
    const width = (objectives: number) => {
      const { low, high } = judge(folds(objectives), objectives, least).objectives[0].interval ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(width(4) / width(1)).toBeCloseTo(studentTQuantile(1 - 0.01 / 8, 2) / studentTQuantile(0.995, 2), 9);
  });

  it("says what is flat, what is too few, and gives no verdict where the chosen trial failed", () => {
    const flat = judge(walked(Array.from({ length: 6 }, () => [0.1, 0.1, 0.1])), 1, least).objectives[0];
    expect(flat).toMatchObject({ verdict: "flat", improvement: 0, interval: { low: 0, high: 0 } });
    const two = judge(walked(Array.from({ length: 3 }, () => Array.from({ length: 99 }, (_, trial) => trial))), 1, least).objectives[0];
    expect(two).toMatchObject({ verdict: "cannot_tell", isTooFew: true, improvement: 49 });

    const folds = walked(Array.from({ length: 8 }, () => [0, 5, 6, 7, 8, 9]));
    expect(judge(folds, 1, least).objectives[0].verdict).toBe("better");
    const broken = folds.map((fold, at) => (at === 3 ? { ...fold, judge: [null, ...fold.judge.slice(1)] } : fold));
    const judgement = judge(broken, 1, least);
    expect(judgement).toMatchObject({ failed: 1, trials: 6, objectives: [{ verdict: "cannot_tell" }] });
    expect(judgement.folds[3]).toMatchObject({ chosen: 0, of: 5, objectives: [{ outOfSample: null, improvement: null, rank: null }] });
    expect(judgement.objectives[0].improvements).toHaveLength(6);
    const unchosen = folds.map((fold, at) => (at === 0 ? { ...fold, train: fold.train.map(() => null) } : fold));
    expect(judge(unchosen, 1, least)).toMatchObject({ failed: 1, objectives: [{ verdict: "cannot_tell" }] });
    expect(judge(unchosen, 1, least).folds[0]).toEqual({ chosen: null, of: 6, objectives: null });
  });

  it("refuses parts that do not fit together", () => {
    const fold = { train: [[1], [2]], judge: [[1], [2]] };
    expect(() => judge([], 1, least)).toThrow(/judgement/);
    expect(() => judge([{ ...fold, judge: [[1]] }], 1, least)).toThrow(/judgement/);
    expect(() => judge([{ ...fold, judge: [[1], [Number.NaN]] }], 1, least)).toThrow(/judgement/);
    expect(() => judge([{ ...fold, train: [[1], null] }], 1, () => 1)).toThrow(/chosen/);
  });
});
