import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MinerView } from "../../../../engine/agents/miners/index.js";
import { rational } from "../../../../engine/agents/miners/strategies/rational.js";
import { DAY, EPOCH, START } from "./small-loop.js";

const YEAR = 365 * DAY;
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Nothing is slipped or discounted, and a month of pay is ahead. */
const PLAIN = { horizonMs: 60 * EPOCH + 1, discountPerYear: 0, resale: 0, price: 1, slip: 0, pay: [10 ** 9], stakeRao: 10 ** 10 };

describe("rational", () => {
  it("sells by the largest gain of its three sales, each reckoned epoch by epoch", () => {
    const world = fc.record({
      horizonMs: fc.integer({ min: 1, max: 60 }).map((epochs) => epochs * EPOCH + 1),
      discountPerYear: fc.oneof(fc.constant(0), real(0, 50)),
      resale: fc.oneof(fc.constant(0), real(0, 1)),
      price: real(0.01, 2),
      /** What of its multiplier a sale of everything loses, and how much less than in proportion a part of it does. */
      lost: real(0, 0.9),
      bend: real(0.2, 3),
      slip: real(0, 0.5),
      pay: fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { minLength: 1, maxLength: 30 }),
      stakeRao: fc.integer({ min: 1, max: 10 ** 11 }),
    });
    const chosen = new Set<string>();
    fc.assert(
      fc.property(world, ({ horizonMs, discountPerYear, resale, price, lost, bend, slip, pay, stakeRao }) => {
        const multiplier = (alphaRao: number) => 2 * (1 - lost * (alphaRao / stakeRao) ** bend);
        const proceeds = (alphaRao: number) => Math.floor(alphaRao * price * (1 - (slip * alphaRao) / stakeRao));
        const agent = rational.bind({ horizonMs, discountPerYear, resale }, { random: () => 0, keys: 1 });
        let sinceSale = 0;
        let mean = 0;
        pay.forEach((paidRao, i) => {
          const seen = {
            timeMs: START + i * EPOCH,
            lastCloseMs: START + i * EPOCH,
            nextCloseMs: START + (i + 1) * EPOCH,
            isClose: true,
            priceTaoPerAlpha: price,
            keys: [{ key: 0, stakeRao, paidRao }],
            stakeRao,
            proceedsRao: proceeds,
            multiplierAfterSale: (_: number, alphaRao: number, aheadMs = 0) =>
              aheadMs === horizonMs / 2 ? multiplier(alphaRao) : Number.NaN,
          } as unknown as MinerView;
          const sold: number[] = [];
          agent.decide(seen, { sell: (_: number, alphaRao: number) => void sold.push(alphaRao) } as never);

          sinceSale += paidRao;
          mean += (paidRao - mean) / Math.min(i + 1, 20);
          const gain = (alphaRao: number) => {
            let later = 0;
            const loss = 1 - multiplier(alphaRao) / multiplier(0);
            const epochs = Math.floor(horizonMs / EPOCH);
            for (let k = 1; k <= epochs; k++) later += mean * loss * price * Math.exp((-discountPerYear * k * EPOCH) / YEAR);
            return proceeds(alphaRao) - later - resale * alphaRao * price * Math.exp((-discountPerYear * epochs * EPOCH) / YEAR);
          };
          const income = Math.min(sinceSale, stakeRao);
          const options = [0, income, stakeRao].map((alphaRao) => ({ alphaRao, gain: alphaRao === 0 ? 0 : gain(alphaRao) }));
          const best = Math.max(...options.map((option) => option.gain));
          const found = options.find(({ alphaRao }) => alphaRao === (sold[0] ?? 0));
          expect(found).toBeDefined();
          // Two that are worth the same to rounding are as good.
          expect(found?.gain).toBeGreaterThanOrEqual(best - 1e-9 * (stakeRao * price + 1) - 1);
          chosen.add(sold.length === 0 ? "nothing" : sold[0] === stakeRao ? "everything" : "income");
          if (sold.length > 0) sinceSale = 0;
        });
      }),
      // Each of the three is the best one of a world, whatever is drawn beside these.
      {
        numRuns: 300,
        examples: [
          { lost: 0.9, bend: 3 },
          { lost: 0, bend: 1 },
          { lost: 0.9, bend: 0.2 },
        ].map((of) => [{ ...PLAIN, ...of }]),
      },
    );
    expect([...chosen].sort()).toEqual(["everything", "income", "nothing"]);
  });
});
