import fc from "fast-check";
import { expect, it } from "vitest";
import { ToldPrices } from "../../../../engine/books/told-prices.js";
import { LastPriceUse } from "../../../../engine/modules/closed-loop/last-price-use.js";

const step = fc.oneof(
  fc.record({ kind: fc.constant("price" as const), afterMs: fc.nat(3) }),
  fc.record({ kind: fc.constantFrom("sold" as const, "bought" as const, "passedOver" as const), afterMs: fc.nat(3), rao: fc.nat(1_000) }),
);

it("what rests on the last price is what was noted later than it, whatever came before", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const told = new ToldPrices();
      const use = new LastPriceUse(told);
      let nowMs = 0;
      const prices: number[] = [];
      const noted: { kind: string; timeMs: number; rao: number }[] = [];
      for (const one of steps) {
        nowMs += one.afterMs;
        if (one.kind === "price") {
          told.told(nowMs);
          prices.push(nowMs);
        } else {
          use.note(one.kind, nowMs, one.rao);
          noted.push({ kind: one.kind, timeMs: nowMs, rao: one.rao });
        }
      }
      const lastMs = prices.at(-1) ?? -1;
      const gaps = prices.slice(1).map((timeMs, i) => timeMs - prices[i]);
      expect(told).toMatchObject({ firstMs: prices[0] ?? -1, lastMs, longestGapMs: Math.max(0, ...gaps) });
      for (const kind of ["sold", "bought", "passedOver"] as const) {
        const all = noted.filter((one) => one.kind === kind);
        const after = all.filter(({ timeMs }) => timeMs > lastMs);
        const rao = (some: typeof all) => BigInt(some.reduce((sum, one) => sum + one.rao, 0));
        const tally = use.tallyOf(kind);
        expect([tally.count, tally.rao.toBigInt()]).toEqual([all.length, rao(all)]);
        // At the instant of the last price it is not old; what was noted there before it is not after it either.
        expect([tally.countAfter, tally.raoAfter.toBigInt()]).toEqual([after.length, rao(after)]);
      }
    }),
  );
});
