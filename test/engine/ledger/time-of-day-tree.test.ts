import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TimeOfDayTree } from "../../../engine/ledger/time-of-day-tree.js";

const DAY = 86_400_000;
const POSITIONS = 4;
const time = fc.oneof(
  fc.nat(20),
  fc.nat(DAY - 1),
  fc.nat(24).map((hour) => Math.min(DAY - 1, hour * 3_600_000)),
);
const act = fc.record({
  kind: fc.constantFrom("add", "add", "add", "take", "take", "moveAll", "later"),
  position: fc.nat(POSITIONS - 1),
  to: fc.nat(POSITIONS - 1),
  time,
  rao: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 44 })),
  nth: fc.nat(100),
});

describe("TimeOfDayTree", () => {
  it("sums as a map of times would", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
        const tree = new TimeOfDayTree();
        const maps: Map<number, number>[] = Array.from({ length: POSITIONS }, () => new Map());
        const change = (position: number, at: number, rao: number): void => {
          const held = (maps[position].get(at) ?? 0) + rao;
          if (held === 0) maps[position].delete(at);
          else maps[position].set(at, held);
        };
        for (const { kind, position, to, time: at, rao, nth } of acts) {
          const map = maps[position];
          if (kind === "add") {
            tree.add(position, at, rao);
            change(position, at, rao);
          } else if (kind === "take") {
            const [held, amount] = [...map][nth % Math.max(1, map.size)] ?? [0, 0];
            const taken = Math.min(rao, amount);
            tree.add(position, held, -taken);
            if (taken > 0) change(position, held, -taken);
          } else if (kind === "moveAll") {
            if (to === position) continue;
            tree.moveAll(position, to);
            for (const [held, amount] of map) change(to, held, amount);
            map.clear();
          }
          const sum = [...map].reduce((total, [, amount]) => total + amount, 0);
          const later = [...map].reduce((total, [held, amount]) => total + (held > at ? amount : 0), 0);
          expect([tree.total(position), tree.later(position, at)]).toEqual([sum, later]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("answers at once with many times of day, in whatever order they came", () => {
    const tree = new TimeOfDayTree();
    const count = 200_000;
    for (let i = 0; i < count; i++) tree.add(1_000, i * 400, 1);
    for (let i = 0; i < count; i += 997) expect(tree.later(1_000, i * 400)).toBe(count - 1 - i);
    for (let i = count - 1; i >= 0; i--) tree.add(1_000, i * 400, -1);
    expect(tree.total(1_000)).toBe(0);
    expect(tree.total(5_000)).toBe(0);
  });
});
