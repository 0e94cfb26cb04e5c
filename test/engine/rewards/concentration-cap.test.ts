import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConcentrationCap } from "../../../engine/rewards/index.js";

function capped(amounts: readonly number[], maxShare: number): { paid: number[]; left: number } {
  const paid = Float64Array.from(amounts);
  const left = new ConcentrationCap(amounts.length, maxShare).apply(paid);
  return { paid: [...paid], left };
}

const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
const topTen = (amounts: readonly number[]) => sum([...amounts].sort((a, b) => b - a).slice(0, 10));

describe("the cap on the ten best paid", () => {
  it("leaves alone what is below it", () => {
    const amounts = Array.from({ length: 40 }, (_, k) => 100 + k);
    expect(capped(amounts, 0.5)).toEqual({ paid: amounts, left: 0 });
    expect(capped([5, 1], 1)).toEqual({ paid: [5, 1], left: 0 });
  });

  it("gives what it cuts to the others, all in proportion", () => {
    const amounts = [...Array(5).fill(200), ...Array(5).fill(100), ...Array(20).fill(20), ...Array(10).fill(10)];
    const { paid, left } = capped(amounts, 0.6);
    // 1500 of 2000 become 1200, the other 500 become 800.
    expect(left).toBe(0);
    expect(paid).toEqual([...Array(5).fill(160), ...Array(5).fill(80), ...Array(20).fill(32), ...Array(10).fill(16)]);
  });

  it("lifts nobody above the ten, and draws these together where the others are full", () => {
    const amounts = [910, ...Array(9).fill(10), ...Array(20).fill(0.5)].map((amount) => amount * 1000);
    const { paid, left } = capped(amounts, 0.5);
    expect(left).toBeLessThan(30);
    // Half of 1,010,000 among ten, the other half among twenty: none of the twenty above 25,250.
    expect(Math.min(...paid.slice(0, 10))).toBe(25_250);
    expect(Math.max(...paid.slice(10))).toBe(25_250);
    expect(paid[0]).toBe(505_000 - 9 * 25_250);
  });

  it("leaves over what finds no taker", () => {
    expect(capped([60, 40], 0.5)).toEqual({ paid: [30, 20], left: 50 });
    // Eleven cannot get the ten below 10 / 11.
    expect(capped(Array(11).fill(100), 0.5)).toEqual({ paid: Array(11).fill(55), left: 495 });
    expect(capped([0, 0], 0.5)).toEqual({ paid: [0, 0], left: 0 });
  });

  it("holds, loses nothing, and keeps the order", () => {
    const amount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1e13 }));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 60 }), fc.double({ min: 0.001, max: 1, noNaN: true }), (amounts, maxShare) => {
        const { paid, left } = capped(amounts, maxShare);
        expect(sum(paid) + left).toBe(sum(amounts));
        for (const part of [...paid, left]) expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
        expect(topTen(paid)).toBeLessThanOrEqual(Math.max(0, maxShare * sum(amounts)));
        const order = amounts.map((_, k) => k).sort((a, b) => amounts[b] - amounts[a] || a - b);
        for (let k = 1; k < order.length; k++) {
          // Largest remainders may differ by one rao among the others.
          expect(paid[order[k]]).toBeLessThanOrEqual(paid[order[k - 1]] + 1);
        }
        const payees = amounts.filter((one) => one > 0).length;
        // Where it can be met at all, no more is left than rounding leaves.
        if (payees > 10 && maxShare * payees > 10.01) expect(left).toBeLessThanOrEqual(2 * payees);
      }),
      { numRuns: 500 },
    );
  });
});
