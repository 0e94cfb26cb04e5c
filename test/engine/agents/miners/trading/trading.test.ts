import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MinerView } from "../../../../../engine/agents/miners/index.js";
import { largestSale } from "../../../../../engine/agents/miners/trading/largest-sale.js";
import { alphaForTao, taoForAlpha } from "../../../../../engine/agents/miners/trading/least-amount.js";
import { Recurrence } from "../../../../../engine/agents/miners/trading/recurrence.js";

describe("largestSale", () => {
  it("is the largest that fits, to a 256th, whatever the guess, by few questions", () => {
    const whole = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(whole(2 ** 50), fc.double({ min: 0, max: 1, noNaN: true }), whole(2 ** 50), (atMost, part, guess) => {
        const limit = Math.floor(atMost * part);
        let questions = 0;
        const fits = (amount: number) => {
          questions += 1;
          expect(Number.isInteger(amount) && amount > 0 && amount <= atMost).toBe(true);
          return amount <= limit;
        };
        const found = largestSale(atMost, guess, 80, fits);
        expect(found).toBeLessThanOrEqual(limit);
        expect(found).toBeGreaterThanOrEqual(Math.floor(limit - limit / 256) - 1);
        const few = questions;
        questions = 0;
        // Who remembers the last answer asks little.
        largestSale(atMost, found, 80, fits);
        if (found > 0) expect(questions).toBeLessThanOrEqual(11);
        expect(few).toBeLessThanOrEqual(80);
      }),
    );
  });

  it("asks no more often than it may, and answers what fits", () => {
    let questions = 0;
    const found = largestSale(2 ** 50, 1, 5, (amount) => {
      questions += 1;
      return amount <= 2 ** 40;
    });
    expect([questions, found]).toEqual([5, 16]);
  });
});

describe("alphaForTao and taoForAlpha", () => {
  /** A pool in big integers, its fee in billionths. */
  const pooled = (tao: bigint, alpha: bigint, fee: bigint) => {
    const out = (x: bigint, y: bigint, paid: number) => {
      const counted = BigInt(paid) - (BigInt(paid) * fee + 999_999_999n) / 1_000_000_000n;
      return counted > 0n ? Number((y * counted) / (x + counted)) : 0;
    };
    return {
      priceTaoPerAlpha: Number(tao) / Number(alpha),
      poolTaoRao: Number(tao),
      poolAlphaRao: Number(alpha),
      poolFee: Number(fee) / 1e9,
      proceedsRao: (paid: number) => out(alpha, tao, paid),
      purchaseRao: (paid: number) => out(tao, alpha, paid),
    } as MinerView;
  };
  const told = (price: number) =>
    ({
      priceTaoPerAlpha: price,
      poolTaoRao: 0,
      poolAlphaRao: 0,
      poolFee: 0,
      proceedsRao: (paid: number) => Math.floor(paid * price),
      purchaseRao: (paid: number) => Math.floor(paid / price),
    }) as MinerView;
  const reserve = fc.bigInt({ min: 1n, max: 10n ** 15n });
  const market = fc.oneof(
    fc.tuple(reserve, reserve, fc.bigInt({ min: 0n, max: 500_000_000n })).map((parts) => pooled(...parts)),
    fc.double({ min: 1e-6, max: 1e6, noNaN: true }).map(told),
  );

  it("are the least amounts that bring so much, or all there is", () => {
    fc.assert(
      fc.property(market, fc.integer({ min: 0, max: 10 ** 15 }), fc.integer({ min: 0, max: 10 ** 15 }), (seen, wanted, atMost) => {
        for (const [least, answer] of [
          [alphaForTao(seen, wanted, atMost), seen.proceedsRao] as const,
          [taoForAlpha(seen, wanted, atMost), seen.purchaseRao] as const,
        ]) {
          expect(Number.isInteger(least) && least >= 0 && least <= atMost).toBe(true);
          if (answer(atMost) < wanted) expect(least).toBe(atMost);
          else {
            expect(answer(least)).toBeGreaterThanOrEqual(wanted);
            if (least > 0) expect(answer(least - 1)).toBeLessThan(wanted);
          }
        }
      }),
    );
  });
});

describe("Recurrence", () => {
  it("comes once for each time that has passed since it was asked", () => {
    const times = new Recurrence(10);
    const asked = [5, 14, 15, 16, 24, 25, 59, 60, 65];
    expect(asked.filter((timeMs) => times.hasCome(timeMs))).toEqual([15, 25, 59, 65]);
    expect(times.nextMs).toBe(75);
  });

  it("comes at the time that it is told, and then again after every so long", () => {
    const times = new Recurrence(10);
    times.startAt(7);
    expect([6, 7, 8, 17].map((timeMs) => times.hasCome(timeMs))).toEqual([false, true, false, true]);
  });
});
