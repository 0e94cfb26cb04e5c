import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalDeviates, randomStreams } from "../../../../engine/index.js";
import { type Cscv, cscv } from "../../../../studies/tuning/trust/cscv.js";

/** A second model: every choice of half of the blocks by the bits of a number, everything else by the words of the paper. */
function naive(performance: readonly (readonly number[])[]) {
  const [blocks, trials] = [performance.length, performance[0].length];
  const splits: { inSample: number; outOfSample: number; relative: number; others: number[] }[] = [];
  for (let mask = 0; mask < 2 ** blocks; mask++) {
    const inside = performance.filter((_, block) => (mask >> block) & 1);
    if (inside.length !== blocks / 2) continue;
    const outside = performance.filter((_, block) => !((mask >> block) & 1));
    const meanOf = (rows: readonly (readonly number[])[], trial: number) => rows.reduce((sum, row) => sum + row[trial], 0) / rows.length;
    const ins = Array.from({ length: trials }, (_, trial) => meanOf(inside, trial));
    const outs = Array.from({ length: trials }, (_, trial) => meanOf(outside, trial));
    const best = ins.indexOf(Math.max(...ins));
    const sorted = [...outs].sort((a, b) => a - b);
    const rank = (sorted.indexOf(outs[best]) + sorted.lastIndexOf(outs[best])) / 2 + 1;
    splits.push({ inSample: ins[best], outOfSample: outs[best], relative: rank / (trials + 1), others: outs });
  }
  const share = (holds: (split: (typeof splits)[number]) => boolean) => splits.filter(holds).length / splits.length;
  const all = splits.flatMap(({ others }) => others);
  const values = [...new Set([...all, ...splits.map(({ outOfSample }) => outOfSample)])].sort((a, b) => a - b);
  const below = (sample: readonly number[], x: number) => sample.filter((value) => value <= x).length;
  const chosen = splits.map(({ outOfSample }) => outOfSample);
  const gaps = values.map((x) => below(all, x) * chosen.length - below(chosen, x) * all.length);
  // The area up to each value: all lie below it by so much on average, less the chosen.
  const areas = values.map((x) => {
    const shortfall = (sample: readonly number[]) => sample.reduce((sum, value) => sum + Math.max(0, x - value), 0) / sample.length;
    return shortfall(all) - shortfall(chosen);
  });
  return {
    splits: splits.length,
    overfittingProbability: share(({ relative }) => relative <= 0.5),
    lossProbability: share(({ outOfSample }) => outOfSample < 0),
    firstOrder: gaps.every((gap) => gap >= 0) && gaps.some((gap) => gap > 0),
    secondOrder: areas.every((area) => area >= -1e-9) && areas.some((area) => area > 1e-9),
    points: splits.map(({ inSample, outOfSample }) => [inSample, outOfSample] as const),
  };
}

/** Whole performances, few enough that there are ties; sums of them are exact. */
const matrices = fc
  .tuple(fc.constantFrom(2, 4, 6), fc.integer({ min: 1, max: 7 }))
  .chain(([blocks, trials]) =>
    fc.array(fc.array(fc.integer({ min: -4, max: 5 }), { minLength: trials, maxLength: trials }), { minLength: blocks, maxLength: blocks }),
  );

function noise(seed: number, blocks: number, trials: number): number[][] {
  const normal = normalDeviates(randomStreams(seed, 1)("performance"));
  return Array.from({ length: blocks }, () => Array.from({ length: trials }, normal));
}

describe("combinatorially symmetric cross-validation", () => {
  it("agrees with a model written from the paper", () => {
    fc.assert(
      fc.property(matrices, (performance) => {
        const found = cscv(performance);
        const expected = naive(performance);
        expect(found.splits).toBe(expected.splits);
        expect(found.overfittingProbability).toBe(expected.overfittingProbability);
        expect(found.lossProbability).toBe(expected.lossProbability);
        expect(found.dominance.firstOrder).toBe(expected.firstOrder);
        expect(found.dominance.secondOrder).toBe(expected.secondOrder);
        const pairs = (result: Cscv) => Array.from(result.inSample, (value, at) => `${value} ${result.outOfSample[at]}`).sort();
        expect(pairs(found)).toEqual(expected.points.map(([x, y]) => `${x} ${y}`).sort());
      }),
    );
  });

  it("fits the line of least squares: no other line of its neighbourhood is nearer", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { degradation, inSample, outOfSample } = cscv(noise(seed, 6, 5));
        if (degradation === null) throw new Error("no line");
        const error = (slope: number, intercept: number) =>
          inSample.reduce((sum, x, at) => sum + (outOfSample[at] - intercept - slope * x) ** 2, 0);
        const { slope, intercept, r2 } = degradation;
        const least = error(slope, intercept);
        for (const [a, b] of [
          [1e-4, 0],
          [-1e-4, 0],
          [0, 1e-4],
          [0, -1e-4],
        ]) {
          expect(error(slope + a, intercept + b)).toBeGreaterThan(least);
        }
        const mean = outOfSample.reduce((sum, y) => sum + y, 0) / outOfSample.length;
        expect(r2).toBeCloseTo(1 - least / error(0, mean), 9);
      }),
      { numRuns: 30 },
    );
  });

  it("of pure noise finds overfitting in half of the splits on average, and no dominance", () => {
    const found = Array.from({ length: 60 }, (_, seed) => cscv(noise(seed, 8, 20)));
    const mean = found.reduce((sum, { overfittingProbability }) => sum + overfittingProbability, 0) / found.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.08);
    // What is better in sample is worse out of it: both halves share one sum.
    expect(found.filter(({ degradation }) => (degradation?.slope ?? 0) < 0).length).toBeGreaterThan(50);
    expect(found.filter(({ dominance }) => dominance.firstOrder).length).toBeLessThan(6);
  });

  it("of a winner that was planted finds none, no loss, and dominance of both orders", () => {
    for (let seed = 0; seed < 10; seed++) {
      const performance = noise(seed, 10, 24).map((block) => block.map((value, trial) => value + (trial === 7 ? 10 : 0)));
      const { overfittingProbability, lossProbability, dominance, chosen, splits } = cscv(performance);
      expect({ overfittingProbability, lossProbability, splits }).toEqual({ overfittingProbability: 0, lossProbability: 0, splits: 252 });
      expect(dominance).toEqual({ firstOrder: true, secondOrder: true, worstFirstOrder: 0, worstSecondOrder: 0 });
      expect(chosen.every((trial) => trial === 7)).toBe(true);
    }
  });

  it("where trials do not differ has the median everywhere, and no line", () => {
    const { logits, degradation, dominance, overfittingProbability } = cscv([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect([...logits]).toEqual([0, 0]);
    expect(degradation).toBeNull();
    expect(overfittingProbability).toBe(1);
    expect(dominance).toMatchObject({ firstOrder: false, secondOrder: false });
  });

  it("has 12870 splits of sixteen blocks", () => {
    const { splits, chosen } = cscv(noise(3, 16, 4));
    expect([splits, chosen.length]).toEqual([12_870, 12_870]);
  });

  it("refuses an odd number of blocks, more than can be held, and what is no matrix", () => {
    expect(() => cscv([[1], [2], [3]])).toThrow("TEN-TRUST-004");
    expect(() => cscv(noise(1, 20, 100))).toThrow("TEN-TRUST-005");
    for (const wrong of [[], [[], []], [[1], [1, 2]], [[Number.NaN], [1]]]) expect(() => cscv(wrong)).toThrow("TEN-BUG");
  });
});
