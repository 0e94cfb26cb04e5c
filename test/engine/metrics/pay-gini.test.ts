import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PayGini } from "../../../engine/metrics/pay-gini.js";

/** Mean difference of all pairs over twice the mean. */
function pairwise(amounts: readonly number[]): number {
  const total = amounts.reduce((a, b) => a + b, 0);
  if (total === 0) return 0;
  let differences = 0;
  for (const one of amounts) for (const other of amounts) differences += Math.abs(one - other);
  return differences / (2 * amounts.length * total);
}

describe("Gini of pay before and under a rule", () => {
  it("is that of what each position was paid in all, those paid nothing included", () => {
    const payment = fc.tuple(fc.nat(700), fc.nat(1_000), fc.nat(1_000));
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 100 }), (payments) => {
        const gini = new PayGini();
        const totals = new Map<number, [number, number]>();
        for (const [position, before, after] of payments) {
          gini.take(701, Int32Array.of(position, -1), Float64Array.of(before, 7), 1, Float64Array.of(after, 7), 1, 2);
          const [b, a] = totals.get(position) ?? [0, 0];
          totals.set(position, [b + before, a + after]);
        }
        expect(gini.miners()).toBe(totals.size);
        expect(gini.before()).toBeCloseTo(pairwise([...totals.values()].map(([before]) => before)), 9);
        expect(gini.after()).toBeCloseTo(pairwise([...totals.values()].map(([, after]) => after)), 9);
      }),
    );
  });
});
