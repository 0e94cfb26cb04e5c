import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WindowHoldings } from "../../../engine/ledger/window-holdings.js";

const DAY = 86_400_000;
const WINDOW = 8 * DAY;
const POSITIONS = 3;

interface Tranche {
  readonly entry: number;
  readonly id: number;
  received: number;
  remaining: number;
}

const act = fc.record({
  kind: fc.constantFrom("add", "add", "add", "read", "take", "take", "slash", "split", "moveAll", "leave"),
  position: fc.nat(POSITIONS - 1),
  to: fc.nat(POSITIONS - 1),
  after: fc.oneof(fc.constant(0), fc.nat(3 * DAY), fc.constant(DAY)),
  rao: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 46 })),
  nth: fc.nat(30),
});

describe("WindowHoldings", () => {
  it.each([false, true])(
    "sums what entered the window as a list would, through sales, slashes, splits and moves (whole days: %s)",
    (wholeDays) => {
      fc.assert(
        fc.property(fc.array(act, { maxLength: 150 }), (acts) => {
          const holdings = new WindowHoldings(wholeDays);
          const lists: Tranche[][] = Array.from({ length: POSITIONS }, () => []);
          let now = 0;
          let next = 0;
          const age = (entry: number): bigint => BigInt(wholeDays ? Math.floor((now - entry) / DAY) : now - entry);
          const read = (position: number): void => {
            const inWindow = lists[position].filter(({ entry }) => entry > now - WINDOW);
            const sum = (value: (tranche: Tranche) => bigint): bigint => inWindow.reduce((total, one) => total + value(one), 0n);
            holdings.advance(position, now - WINDOW);
            expect(holdings.received(position)).toBe(sum(({ received }) => BigInt(received)));
            expect(BigInt(holdings.remaining(position))).toBe(sum(({ remaining }) => BigInt(remaining)));
            expect(holdings.ages(position, now)).toBe(sum(({ remaining, entry }) => BigInt(remaining) * age(entry)));
          };
          for (const { kind, position, to, after, rao, nth } of acts) {
            now += after;
            const list = lists[position];
            const one = list[nth % Math.max(1, list.length)];
            const part = one === undefined ? 0 : Math.min(rao, one.remaining);
            switch (kind) {
              case "add":
                holdings.added(position, now, next, rao);
                list.push({ entry: now, id: next++, received: rao, remaining: rao });
                break;
              case "take":
              case "slash":
                if (part === 0) break;
                holdings.taken(position, one.entry, one.id, part);
                one.remaining -= part;
                if (kind === "take") break;
                holdings.unreceived(position, one.entry, one.id, part);
                one.received -= part;
                break;
              case "split": {
                if (part === 0 || to === position) break;
                const received = Number((BigInt(one.received) * BigInt(part)) / BigInt(one.remaining));
                const id = part === one.remaining ? one.id : next++;
                holdings.split(position, to, one.entry, one.id, id, part, received);
                one.received -= received;
                one.remaining -= part;
                lists[to].push({ entry: one.entry, id, received, remaining: part });
                if (one.received === 0) list.splice(list.indexOf(one), 1);
                break;
              }
              case "moveAll":
                if (to === position) break;
                holdings.movedAll(position, to);
                lists[to].push(...list.splice(0));
                break;
              case "leave":
                for (const tranche of list) {
                  if (tranche.remaining > 0) holdings.taken(position, tranche.entry, tranche.id, tranche.remaining);
                }
                holdings.forgotten(position);
                list.length = 0;
                break;
              case "read":
                read(position);
            }
          }
          for (let position = 0; position < POSITIONS; position++) read(position);
        }),
        { numRuns: 400 },
      );
    },
  );
});
