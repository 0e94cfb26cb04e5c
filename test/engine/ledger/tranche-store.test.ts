import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TRANCHE, TrancheStore } from "../../../engine/ledger/tranche-store.js";

const { CELL_STRIDE, ID, ORIGIN_STRIDE, BLOCK } = TRANCHE;
const LISTS = 5;

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("append" as const), list: fc.nat(LISTS - 1), count: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("popTail" as const, "popHead" as const),
      list: fc.nat(LISTS - 1),
      count: fc.integer({ min: 1, max: 30 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("cutTail" as const), list: fc.nat(LISTS - 1), count: fc.nat(17) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("clear" as const, "moveList" as const),
      list: fc.nat(LISTS - 1),
      count: fc.nat(LISTS - 1),
    }),
  },
);

describe("TrancheStore", () => {
  it("holds lists as arrays would, whatever is put and taken at both ends", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
        const store = new TrancheStore(1, 1);
        store.ensureLists(LISTS);
        const lists: number[][] = Array.from({ length: LISTS }, () => []);
        let next = 0;
        for (const { kind, list, count } of acts) {
          const held = lists[list];
          switch (kind) {
            case "append":
              for (let i = 0; i < count; i++) {
                const slot = store.append(list);
                store.cells[slot * CELL_STRIDE + ID] = next;
                store.origins[slot * ORIGIN_STRIDE + BLOCK] = next;
                held.push(next++);
              }
              break;
            case "popTail":
              for (let i = 0; i < count && held.length > 0; i++) {
                store.popTail(list);
                held.pop();
              }
              break;
            case "popHead":
              for (let i = 0; i < count && held.length > 0; i++) {
                store.popHead(list);
                held.shift();
              }
              break;
            case "cutTail": {
              if (held.length === 0) break;
              const tail = store.tail[list];
              const oldest = store.firstOfPage(list, tail);
              const cut = Math.min(count, tail - oldest + 1);
              store.cutTail(list, tail - cut, oldest);
              held.length -= cut;
              break;
            }
            case "clear":
              store.clear(list);
              held.length = 0;
              break;
            case "moveList":
              if (lists[count].length > 0 || count === list) break;
              store.moveList(list, count);
              lists[count] = held;
              lists[list] = [];
              break;
          }
        }
        expect(Array.from({ length: LISTS }, (_, list) => forwards(store, list))).toEqual(lists);
        expect(Array.from({ length: LISTS }, (_, list) => backwards(store, list))).toEqual(lists);
      }),
      { numRuns: 300 },
    );
  });

  it("gives pages back: memory follows what is held, not what went through", () => {
    const store = new TrancheStore(2, 4);
    for (let i = 0; i < 10_000; i++) {
      store.append(0);
      store.append(1);
      if (i >= 20) {
        store.popHead(0);
        store.popTail(1);
      }
    }
    expect(store.cells.length / CELL_STRIDE).toBeLessThan(2_000);
  });
});

function forwards(store: TrancheStore, list: number): number[] {
  const ids: number[] = [];
  for (let slot = store.head[list]; slot !== -1; slot = store.newer(list, slot)) {
    expect(store.origins[slot * ORIGIN_STRIDE + BLOCK]).toBe(store.cells[slot * CELL_STRIDE + ID]);
    ids.push(store.cells[slot * CELL_STRIDE + ID]);
  }
  return ids;
}

function backwards(store: TrancheStore, list: number): number[] {
  const ids: number[] = [];
  for (let slot = store.tail[list]; slot !== -1; slot = store.older(list, slot)) ids.push(store.cells[slot * CELL_STRIDE + ID]);
  return ids.reverse();
}
