import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WITHDRAWAL_ORDERS, type WithdrawalOrder } from "../../../engine/index.js";
import { TRANCHE, TrancheStore } from "../../../engine/ledger/tranche-store.js";
import { planWithdrawal } from "../../../engine/ledger/withdrawal-plan.js";

const { CELL_STRIDE, REMAINING, ENTRY_MS, ID } = TRANCHE;

interface Tranche {
  readonly id: number;
  readonly source: number;
  readonly entry: number;
  readonly remaining: number;
}

/** Position 1 holds the tranches; some are emptied ones that the list has not let go of. */
function filled(tranches: readonly Tranche[]): TrancheStore {
  const store = new TrancheStore(4, 2);
  for (const { id, source, entry, remaining } of tranches) {
    const cell = store.append(2 + source) * CELL_STRIDE;
    store.cells[cell + REMAINING] = remaining;
    store.cells[cell + ENTRY_MS] = entry;
    store.cells[cell + ID] = id;
  }
  return store;
}

function planned(
  tranches: readonly Tranche[],
  amount: number,
  order: WithdrawalOrder,
  ties: "later_first" | "earlier_first",
): [number, number][] {
  const store = filled(tranches);
  const plan = planWithdrawal(store, 1, amount, order, ties);
  return Array.from({ length: plan.count }, (_, i) => [store.cells[plan.slot[i] * CELL_STRIDE + ID], plan.take[i]]);
}

function naive(
  tranches: readonly Tranche[],
  amount: number,
  order: WithdrawalOrder,
  ties: "later_first" | "earlier_first",
): [number, number][] {
  const held = tranches.filter(({ remaining }) => remaining > 0);
  if (order === "pro_rata") return naiveProRata(held, amount);
  const newest = (a: Tranche, b: Tranche): number => b.entry - a.entry || (ties === "later_first" ? b.id - a.id : a.id - b.id);
  const source = order === "manual_first" ? 0 : 1;
  const sorted = [...held].sort((a, b) => {
    if (order === "fifo") return a.entry - b.entry || a.id - b.id;
    if (order !== "filo" && a.source !== b.source) return a.source === source ? -1 : 1;
    return newest(a, b);
  });
  const taken: [number, number][] = [];
  let left = amount;
  for (const { id, remaining } of sorted) {
    const take = Math.min(left, remaining);
    if (take > 0) taken.push([id, take]);
    left -= take;
  }
  return taken;
}

function naiveProRata(held: readonly Tranche[], amount: number): [number, number][] {
  const total = held.reduce((sum, { remaining }) => sum + BigInt(remaining), 0n);
  const shares = held.map(({ id, remaining }) => ({
    id,
    part: (BigInt(amount) * BigInt(remaining)) / total,
    rest: (BigInt(amount) * BigInt(remaining)) % total,
  }));
  let left = BigInt(amount) - shares.reduce((sum, { part }) => sum + part, 0n);
  for (const share of [...shares].sort((a, b) => (a.rest === b.rest ? 0 : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.filter(({ part }) => part > 0n).map(({ id, part }) => [id, Number(part)]);
}

const anyTranches = fc
  .array(
    fc.record({
      source: fc.nat(1),
      wait: fc.nat(2),
      remaining: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 46 })),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    let entry = 0;
    return steps.map(({ source, wait, remaining }, id): Tranche => {
      entry += wait;
      return { id, source, entry, remaining };
    });
  })
  .filter((tranches) => tranches.some(({ remaining }) => remaining > 0));

describe("planWithdrawal", () => {
  it("takes in the withdrawal order what a sorted list would give", () => {
    fc.assert(
      fc.property(
        anyTranches,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...WITHDRAWAL_ORDERS),
        fc.constantFrom("later_first" as const, "earlier_first" as const),
        (tranches, share, order, ties) => {
          const total = tranches.reduce((sum, { remaining }) => sum + remaining, 0);
          const amount = Math.max(1, Math.floor(total * share));
          const taken = planned(tranches, amount, order, ties);
          expect(taken).toEqual(naive(tranches, amount, order, ties));
          expect(taken.reduce((sum, [, take]) => sum + take, 0)).toBe(amount);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("refuses to plan more than there is", () => {
    expect(() => planned([{ id: 0, source: 0, entry: 1, remaining: 5 }], 6, "fifo", "later_first")).toThrow(/lacks 1 of 6 rao/);
  });
});
