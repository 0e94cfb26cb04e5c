import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../engine/index.js";
import { Agenda, type Planned } from "../../../engine/kernel/agenda.js";
import { comesBefore, earliest, type OrderKey } from "../../../engine/kernel/order.js";

interface When {
  readonly timeMs: number;
  readonly phase: number;
  readonly rank: number;
  readonly place: number;
}

interface Work extends When {
  /** What it plans when it is done, at its own instant or later. */
  readonly follows: readonly When[];
  /** Taken off again before anything is done. */
  readonly isCancelled: boolean;
}

const when = { timeMs: fc.nat(5), phase: fc.integer({ min: 1, max: 6 }), rank: fc.nat(2), place: fc.nat(2) };
const anyWork: fc.Arbitrary<Work> = fc.record({
  ...when,
  follows: fc.array(fc.record(when), { maxLength: 2 }),
  isCancelled: fc.constantFrom(false, false, true),
});

describe("the agenda", () => {
  it("does work in order of time, phase, rank and place, whenever it was planned", () => {
    fc.assert(
      fc.property(fc.array(anyWork, { maxLength: 12 }), (works) => {
        const agenda = new Agenda();
        const done: string[] = [];
        // The model: a plain list, the least taken each time by comparing keys in turn.
        type Listed = { readonly key: readonly number[]; readonly name: string; readonly follows: Work["follows"] };
        let listed: Listed[] = [];
        let planned = 0;
        const name = () => `work ${planned++}`;
        const plan = ({ timeMs, phase, rank, place }: When, called: string, follows: Work["follows"]): Planned =>
          agenda.plan(timeMs, phase, rank, place, () => {
            done.push(called);
            for (const next of follows) if (isLater(next, { timeMs, phase })) plan(next, `${called}+`, []);
          });
        const isLater = (a: { timeMs: number; phase: number }, b: { timeMs: number; phase: number }) =>
          a.timeMs > b.timeMs || (a.timeMs === b.timeMs && a.phase >= b.phase);
        const cancelled: Planned[] = [];
        works.forEach((work, sequence) => {
          const called = name();
          const entry = plan(work, called, work.follows);
          if (work.isCancelled) cancelled.push(entry);
          else listed.push({ key: [work.timeMs, work.phase, work.rank, work.place, sequence], name: called, follows: work.follows });
        });
        for (const entry of cancelled) agenda.cancel(entry);

        const expected: string[] = [];
        let sequence = works.length;
        while (listed.length > 0) {
          listed = listed.sort((a, b) => a.key.map((value, i) => value - b.key[i]).find((difference) => difference !== 0) ?? 0);
          const [first, ...rest] = listed;
          expected.push(first.name);
          const later = first.follows.filter((next) => isLater(next, { timeMs: first.key[0], phase: first.key[1] }));
          listed = [
            ...rest,
            ...later.map(({ timeMs, phase, rank, place }) => ({
              key: [timeMs, phase, rank, place, sequence++],
              name: `${first.name}+`,
              follows: [],
            })),
          ];
        }
        for (let { next } = agenda; next !== undefined; next = agenda.next) {
          agenda.goTo(next);
          agenda.runNext();
        }
        expect(done).toEqual(expected);
      }),
    );
  });

  it("does scheduled work after the rows of its time and phase", () => {
    const row = (extrinsic: number, source: number): OrderKey => ({ timeMs: 5, phase: 3, extrinsic, event: 0, source });
    const agenda = new Agenda();
    const work = agenda.plan(5, 3, 0, 0, () => undefined);
    expect(comesBefore(row(2_147_483_647, 9), work)).toBe(true);
    expect(earliest([work, row(1, 1), row(1, 0)])).toEqual(row(1, 0));
    expect(earliest([{ ...row(1, 0), timeMs: Number.POSITIVE_INFINITY }])).toBeUndefined();
  });

  it("refuses work for a time or a phase that is over", () => {
    const agenda = new Agenda();
    agenda.goTo({ timeMs: 5, phase: 3, extrinsic: 0, event: 0, source: 0 });
    expect(() => agenda.plan(4, 6, 0, 0, () => undefined)).toThrow(InvariantError);
    expect(() => agenda.plan(5, 2, 0, 0, () => undefined)).toThrow("work is planned for 5, phase 2, at 5, phase 3");
    expect(() => agenda.plan(5, 3, 0, 0, () => undefined)).not.toThrow();
    expect(() => new Agenda().runNext()).toThrow(InvariantError);
  });
});
