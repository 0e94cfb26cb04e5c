import { describe, expect, it } from "vitest";
import { normalDeviates, randomStreams } from "../../../../engine/index.js";
import { bootstrapIntervals } from "../../../../studies/tuning/sensitivity/bootstrap.js";

const stream = (seed: number) => randomStreams(seed, 1)("bootstrap");

describe("a bootstrap interval", () => {
  it("of a mean of normal values holds the true one about as often as it says", () => {
    let held = 0;
    const samples = 300;
    for (let seed = 0; seed < samples; seed++) {
      const normal = normalDeviates(randomStreams(seed, 1)("normal"));
      const sample = Array.from({ length: 60 }, () => 2 + normal());
      const mean = (places: Int32Array) => [places.reduce((sum, place) => sum + sample[place], 0) / places.length];
      const [interval] = bootstrapIntervals(60, mean, stream(seed), 400);
      if (interval !== null && interval.low <= 2 && interval.high >= 2) held += 1;
    }
    // 95 %, a little less in samples of 60, give or take four deviations of the count.
    expect(held / samples).toBeGreaterThan(0.89);
    expect(held / samples).toBeLessThan(0.99);
  });

  it("of equal values has no width; of what is never a number there is none", () => {
    expect(bootstrapIntervals(5, () => [3, Number.NaN], stream(1))).toEqual([{ low: 3, high: 3 }, null]);
    expect(() => bootstrapIntervals(0, () => [1], stream(1))).toThrow("TEN-BUG");
  });
});
