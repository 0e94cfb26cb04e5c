import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ComparedPairs } from "../../../studies/compare/compared-pairs.js";
import { minerKey } from "../../../studies/compare/miner-totals.js";
import type { RunOutcome } from "../../../studies/compare/run-outcome.js";

function outcome(figures: Readonly<Record<string, number>>, pays: Readonly<Record<string, number>>): RunOutcome {
  return {
    figures: Object.entries(figures).map(([name, value]) => ({ name, unit: "", meaning: "", value })),
    miners: new Map(
      Object.entries(pays).map(([hotkey, rao]) => [minerKey({ netuid: 7, hotkey }), { netuid: 7, hotkey, paidRao: BigInt(rao) }]),
    ),
  };
}

describe("pairs of replicates", () => {
  it("give each figure the mean of its differences, and a miner that comes late nothing before", () => {
    const pairs = new ComparedPairs();
    pairs.take(3, outcome({ gini: 0.5, only_a: 1 }, { x: 100 }), outcome({ gini: 0.25 }, { x: 50 }));
    pairs.take(5, outcome({ gini: 0.5, late: 1 }, { x: 100, y: 10 }), outcome({ gini: 0.5, late: 3 }, { x: 100, z: 30 }));
    const { pairs: numbers, figures, miners, moved } = pairs.compared();
    expect(numbers).toEqual([3, 5]);
    expect(figures.map(({ name, difference: { n, mean } }) => ({ name, n, mean }))).toEqual([
      { name: "gini", n: 2, mean: -0.125 },
      { name: "late", n: 1, mean: 2 },
    ]);
    expect(miners.map(({ hotkey, meanARao, meanBRao, difference: { n, mean } }) => [hotkey, meanARao, meanBRao, n, mean])).toEqual([
      ["x", 100, 75, 2, -25],
      ["y", 5, 0, 2, -5],
      ["z", 0, 15, 2, 15],
    ]);
    expect(moved.n).toBe(2);
    expect(moved.min).toBe(0);
  });

  it("have as mean difference the difference of the means, whatever pairs there are", () => {
    const pays = fc.dictionary(fc.constantFrom("x", "y", "z"), fc.integer({ min: 0, max: 1_000 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(pays, pays), { minLength: 1, maxLength: 6 }), (list) => {
        const pairs = new ComparedPairs();
        list.forEach(([a, b], replicate) => void pairs.take(replicate, outcome({}, a), outcome({}, b)));
        for (const { hotkey, meanARao, meanBRao, difference } of pairs.compared().miners) {
          expect(difference.n).toBe(list.length);
          expect(difference.mean).toBeCloseTo(meanBRao - meanARao, 9);
          const sum = list.reduce((all, [a]) => all + (a[hotkey] ?? 0), 0);
          expect(meanARao).toBeCloseTo(sum / list.length, 9);
        }
      }),
    );
  });
});
