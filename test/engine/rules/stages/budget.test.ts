import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fraction } from "../../../../engine/kernel/decimal.js";
import { BudgetBook } from "../../../../engine/rules/stages/budget-book.js";
import { stageFacts } from "../../stage-facts.js";

const epochs = fc.array(
  fc.record({
    pot: fc.integer({ min: 0, max: 1_000_000 }),
    owed: fc.array(fc.record({ key: fc.integer({ min: 0, max: 4 }), nanos: fc.integer({ min: 0, max: 400_000 }) }), { maxLength: 4 }),
    price: fc.constantFrom(0, 0.05, 0.4, 1, 3),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("a budget that pays what is owed", () => {
  it("never pays more than the pot, and owes on what it did not pay, to the billionth", () => {
    fc.assert(
      fc.property(epochs, fc.boolean(), (all, carry) => {
        const book = new BudgetBook({ perEpoch: null, owed: "obligations", unit: "tao", carry, staleAfterHours: 24 }, Fraction.whole(1));
        let due = new Map<number, bigint>();
        for (const { pot, owed, price } of all) {
          for (const { key, nanos } of owed) due.set(key, (due.get(key) ?? 0n) + BigInt(nanos));
          // Hotkeys 3 and 4 have no uid.
          const facts = stageFacts(3, { potRao: pot, priceTaoPerAlpha: price, obligations: owed });
          const weights = new Float64Array(3);
          book.share(facts, new Float64Array(3), weights);
          const { spending } = book;
          expect(spending.paidRao).toBeLessThanOrEqual(pot);
          if (price === 0) {
            expect(spending).toMatchObject({ note: "no_price", paidRao: 0 });
            expect(new Map([...spending.leftNanos])).toEqual(new Map([...due].filter(([, nanos]) => nanos > 0n)));
            continue;
          }
          const exact = Fraction.decimal(price);
          const worth = (nanos: bigint) => Fraction.whole(nanos).over(exact).floor();
          const asked = [0, 1, 2].map((key) => worth(due.get(key) ?? 0n));
          const total = asked.reduce((sum, one) => sum + one, 0n);
          expect(BigInt(spending.paidRao)).toBe(total < BigInt(pot) ? total : BigInt(pot));
          const left = new Map<number, bigint>();
          for (const [key, nanos] of due) {
            const paid = key < 3 ? BigInt(Math.round(weights[key] * pot)) : 0n;
            if (carry && paid < worth(nanos)) left.set(key, nanos - Fraction.whole(paid).times(exact).floor());
          }
          expect(spending.leftNanos).toEqual(left);
          due = left;
        }
      }),
    );
  });

  it("divides the pot by what is due where the price is next to nothing", () => {
    const book = new BudgetBook({ perEpoch: null, owed: "obligations", unit: "usd", carry: true, staleAfterHours: 24 }, Fraction.whole(1));
    const owed = [
      { key: 0, nanos: 1_000_000_000 },
      { key: 1, nanos: 3_000_000_000 },
    ];
    const facts = stageFacts(2, { potRao: 1000, priceTaoPerAlpha: 0.5, usdPerTao: 5e-324, usdPerTaoMs: -1, obligations: owed });
    const weights = new Float64Array(2);
    book.share(facts, new Float64Array(2), weights);
    expect([...weights]).toEqual([0.25, 0.75]);
    expect(book.spending).toMatchObject({ note: "paid", paidRao: 1000 });
    // What was paid is worth less than a billionth.
    expect([...book.spending.leftNanos.values()]).toEqual([1_000_000_000n, 3_000_000_000n]);
  });

  it("takes a price as long as it is not too old", () => {
    const day = 86_400_000;
    const noteAt = (age: number) => {
      const book = new BudgetBook({ perEpoch: 1, owed: "none", unit: "usd", carry: false, staleAfterHours: 24 }, Fraction.whole(1));
      const facts = { potRao: 100, endMs: 10 * day, priceTaoPerAlpha: 0.5, priceMs: 10 * day, usdPerTao: 400, usdPerTaoMs: 10 * day - age };
      book.share(stageFacts(1, facts), Float64Array.of(1), new Float64Array(1));
      return [book.spending.note, book.spending.leftNanos.get(-1) ?? 0n];
    };
    expect(noteAt(day)).toEqual(["paid", 0n]);
    expect(noteAt(day + 1)).toEqual(["stale_price", 1_000_000_000n]);
  });
});
