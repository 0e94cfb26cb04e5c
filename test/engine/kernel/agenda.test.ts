import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda, type Scheduled } from "../../../engine/kernel/agenda.js";

/** A source with its keys in order; it notes what it did. */
function source(name: string, keys: readonly (readonly [number, number])[], done: string[]): Scheduled {
  let next = 0;
  return {
    get dueMs() {
      return keys[next]?.[0] ?? Number.POSITIVE_INFINITY;
    },
    get duePhase() {
      return keys[next]?.[1] ?? 0;
    },
    run() {
      done.push(`${keys[next].join("/")} ${name}`);
      next += 1;
    },
  };
}

const byKey = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0] || a[1] - b[1];

describe("the agenda", () => {
  it("does everything in order of time, phase and registration, and nothing before its rows", () => {
    const key = fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 6 }));
    const keys = fc.array(key, { maxLength: 8 }).map((list) => list.sort(byKey));
    fc.assert(
      fc.property(fc.array(keys, { minLength: 1, maxLength: 4 }), keys, (lists, rows) => {
        const done: string[] = [];
        const agenda = new Agenda(lists.map((list, i) => source(`source ${i}`, list, done)));
        for (const [timeMs, phase] of [...rows, [Number.POSITIVE_INFINITY, 7] as const]) {
          for (let due = agenda.before(timeMs, phase); due !== null; due = agenda.before(timeMs, phase)) due.run();
          if (timeMs < 6) done.push(`${timeMs}/${phase} row`);
        }
        // Rows first, then sources by their number.
        const all = [
          ...rows.map((one) => ({ one, rank: -1, text: `${one.join("/")} row` })),
          ...lists.flatMap((list, i) => list.map((one) => ({ one, rank: i, text: `${one.join("/")} source ${i}` }))),
        ];
        expect(done).toEqual(all.sort((a, b) => byKey(a.one, b.one) || a.rank - b.rank).map(({ text }) => text));
      }),
    );
  });
});
