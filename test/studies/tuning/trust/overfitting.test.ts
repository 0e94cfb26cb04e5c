import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalDeviates, randomStreams } from "../../../../engine/index.js";
import { cscv } from "../../../../studies/tuning/trust/cscv.js";
import { overfitting } from "../../../../studies/tuning/trust/overfitting.js";

function noise(seed: number, trials: number, observations: number): number[][] {
  const normal = normalDeviates(randomStreams(seed, 1)("losses"));
  return Array.from({ length: trials }, () => Array.from({ length: observations }, normal));
}

describe("the analysis of overfitting", () => {
  it("takes as many blocks as there are observations, one less where they are odd, and ten at most", () => {
    for (const [observations, blocks] of [
      [4, 4],
      [5, 4],
      [7, 6],
      [10, 10],
      [11, 10],
      [97, 10],
    ]) {
      expect(overfitting(noise(1, 5, observations))?.blocks).toBe(blocks);
    }
    expect(overfitting(noise(1, 5, 3))).toBeNull();
    expect(overfitting(noise(1, 1, 9))).toBeNull();
    expect(overfitting([null, ...noise(1, 1, 9)])).toBeNull();
    expect(overfitting([])).toBeNull();
  });

  it("is cross-validation of the losses with their sign changed, in blocks of neighbours, without what failed", () => {
    const [a, b, c] = noise(2, 3, 20);
    const found = overfitting([a, null, b, c]);
    const performance = Array.from({ length: 10 }, (_, at) => [a, b, c].map((own) => -(own[2 * at] + own[2 * at + 1]) / 2));
    const expected = cscv(performance);
    expect(found).toMatchObject({ blocks: 10, trials: [0, 2, 3], overfittingProbability: expected.overfittingProbability });
    expect(found?.lossProbability).toBe(expected.lossProbability);
    expect(found?.degradation?.slope).toBeCloseTo(expected.degradation?.slope ?? 0, 9);
    expect([...(found?.chosen ?? [])]).toEqual([...expected.chosen]);
  });

  it("against the mean of all trials chooses and ranks the same, and loses where it is worse than that", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 12 }), (seed, trials) => {
        // All losses are far above 0: every trial loses against it.
        const losses = noise(seed, trials, 8).map((own) => own.map((loss) => loss + 50));
        const [zero, mean] = [overfitting(losses), overfitting(losses, "mean_of_trials")];
        expect(zero?.lossProbability).toBe(1);
        expect([...(mean?.chosen ?? [])]).toEqual([...(zero?.chosen ?? [])]);
        expect(mean?.overfittingProbability).toBe(zero?.overfittingProbability);
        const below = Array.from(mean?.outOfSample ?? []).filter((value) => value < 0).length / 70;
        expect(mean?.lossProbability).toBe(below);
      }),
      { numRuns: 40 },
    );
    const planted = noise(3, 12, 10).map((own, trial) => own.map((loss) => loss + 50 - (trial === 4 ? 15 : 0)));
    expect(overfitting(planted, "mean_of_trials")).toMatchObject({ lossProbability: 0, overfittingProbability: 0 });
  });
});
