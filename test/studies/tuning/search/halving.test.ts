import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundsOf, survivors } from "../../../../studies/tuning/search/halving.js";

describe("successive halving", () => {
  it.each([
    [1, 8, [1, 2, 4, 8]],
    [2, 8, [2, 4, 8]],
    [3, 8, [3, 6, 8]],
    [8, 8, [8]],
    [20, 8, [8]],
    [1, 1, [1]],
  ])("gives %i replicates first, of %i in all", (after, replicates, rounds) => {
    expect(roundsOf({ after, keep: 0.5 }, replicates)).toEqual(rounds);
  });

  it("keeps, of one objective, the best share of those that finished, of equals the earlier", () => {
    const losses = fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(losses, fc.constantFrom(0.25, 0.5, 0.75), (all, keep) => {
        const finished = all.flatMap((loss, at) => (loss === null ? [] : [{ loss, at }]));
        const count = Math.max(Math.ceil(finished.length * keep), 1);
        const best = [...finished].sort((a, b) => a.loss - b.loss || a.at - b.at).slice(0, count);
        const given = all.map((loss) => (loss === null ? null : [loss]));
        expect(survivors(given, { after: 1, keep })).toEqual(best.map(({ at }) => at).sort((a, b) => a - b));
      }),
    );
  });

  it("never drops, of several objectives, one that everything that stays is worse than", () => {
    const loss = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(loss, loss), { minLength: 1, maxLength: 12 }), fc.constantFrom(0.3, 0.5), (all, keep) => {
        const kept = survivors(all, { after: 1, keep });
        expect(kept).toHaveLength(Math.max(Math.ceil(all.length * keep), 1));
        const isBetter = (a: readonly number[], b: readonly number[]) => a[0] <= b[0] && a[1] <= b[1] && (a[0] < b[0] || a[1] < b[1]);
        const dropped = all.flatMap((_, at) => (kept.includes(at) ? [] : [at]));
        for (const out of dropped) for (const stays of kept) expect(isBetter(all[out], all[stays])).toBe(false);
      }),
    );
  });

  it("keeps one where only one finished, and none where none did", () => {
    expect(survivors([null, [3], null], { after: 1, keep: 0.01 })).toEqual([1]);
    expect(survivors([null, null], { after: 1, keep: 0.5 })).toEqual([]);
  });
});
