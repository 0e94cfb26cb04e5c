import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IntervalGrowth } from "../../../engine/events/attribution/interval-growth.js";

const EPOCH_MS = 4_320_000;

function outlying(amounts: readonly number[], lengthMs = EPOCH_MS): number[] {
  const growth = new IntervalGrowth();
  amounts.forEach((amountRao, i) => {
    growth.take({ fromMs: i * lengthMs, toMs: (i + 1) * lengthMs, amountRao });
  });
  return growth.outlying().map(({ amountRao }) => amountRao);
}

describe("IntervalGrowth", () => {
  it("names what grew far beyond the median, and nothing where there is too little to compare", () => {
    expect(outlying([5, 6, 3, 19_861_917_188])).toEqual([19_861_917_188]);
    expect(outlying([5, 19_861_917_188])).toEqual([]);
    expect(outlying([])).toEqual([]);
    expect(outlying([5, 6, 7, 500])).toEqual([]);
    expect(outlying([5, 6, 7, 5_000, 900, 2_000, 3_000, 6, 6, 6, 6])).toEqual([5_000, 3_000, 2_000]);
  });

  it("takes growth by the epoch: a long interval may grow by more, a short one may hold a whole payment", () => {
    const growth = new IntervalGrowth();
    for (let i = 0; i < 20; i++) growth.take({ fromMs: i * EPOCH_MS, toMs: (i + 1) * EPOCH_MS, amountRao: 1_000 });
    growth.take({ fromMs: 20 * EPOCH_MS, toMs: 320 * EPOCH_MS, amountRao: 300_000 });
    growth.take({ fromMs: 320 * EPOCH_MS, toMs: 320 * EPOCH_MS + 12_000, amountRao: 1_000 });
    expect(growth.outlying()).toEqual([]);
  });

  it("what it names is over a hundred times the median, and what is over two hundred times is named", () => {
    const amount = fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 2 ** 45 }));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 3, maxLength: 40 }), fc.constantFrom(1, 10), (amounts, epochs) => {
        const sorted = amounts.map((rao) => rao / epochs).sort((a, b) => a - b);
        const median = sorted[sorted.length >> 1] ?? 0;
        const named = outlying(amounts, epochs * EPOCH_MS);
        for (const rao of named) expect(rao / epochs).toBeGreaterThan(100 * median);
        const far = amounts.filter((rao) => rao / epochs > 200 * median).sort((a, b) => b - a);
        expect(named.slice(0, far.length)).toEqual(far.slice(0, 3));
      }),
    );
  });
});
