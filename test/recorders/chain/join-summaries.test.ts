import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JoinedStakes, joinSummaries } from "../../../recorders/chain/attribution/join-summaries.js";
import type { ChainEvent } from "../../../recorders/chain/runtime/chain-event.js";
import { A, B, Events, H, I, J } from "./chain-events.js";

const recorded = (netuid: number): boolean => netuid !== 99;

/** By event indices: changes that stand alone, summaries with their removal and addition, summaries without amounts. */
function joined(events: Events): object {
  const { changes, joined: found, unmeasured }: JoinedStakes = joinSummaries(events.all, recorded);
  return {
    changes: changes.map(({ event }) => event),
    joined: found.map(({ summary, removed, added }) => [summary.kind, summary.place.event, removed.event, added.event]),
    unmeasured: unmeasured.map(({ kind, place }) => [kind, place.event]),
  };
}

describe("a summary of an extrinsic", () => {
  test("is joined with the removal and the addition before it", () => {
    const events = new Events().in(2).removed(A, H, 1, 10n).added(A, I, 1, 10n).moved(A, H, 1, I, 1);
    expect(joined(events)).toEqual({ changes: [], joined: [["moved", 2, 0, 1]], unmeasured: [] });
    const [{ summary }] = joinSummaries(events.all, recorded).joined;
    expect(summary).toEqual({
      kind: "moved",
      place: { extrinsic: 2, event: 2 },
      from: { netuid: 1, hotkey: H, coldkey: A },
      to: { netuid: 1, hotkey: I, coldkey: A },
    });
  });

  test("may be of any kind, and keys that it does not change are those it comes from", () => {
    const events = new Events()
      .in(1)
      .removed(A, H, 1, 5n)
      .added(B, H, 2, 6n)
      .transferred(A, B, H, 1, 2)
      .removed(A, H, 1, 7n)
      .added(A, H, 2, 8n)
      .swapped(A, H, 1, 2);
    expect(joined(events)).toEqual({
      changes: [],
      joined: [
        ["transferred", 2, 0, 1],
        ["swapped", 5, 3, 4],
      ],
      unmeasured: [],
    });
  });

  test("takes the nearest of several, so that a batch of equal moves is told apart", () => {
    const events = new Events().in(1);
    for (let count = 0; count < 3; count++)
      events
        .removed(A, H, 1, BigInt(count + 1))
        .skip()
        .added(A, I, 1, BigInt(count + 1))
        .moved(A, H, 1, I, 1);
    const stakes = new Events();
    stakes.all.push(...events.all.filter(({ name }) => name !== "TransactionFeePaid"));
    const expected = [0, 4, 8].map((first) => ["moved", first + 3, first, first + 2]);
    expect(joined(stakes)).toEqual({ changes: [], joined: expected, unmeasured: [] });
  });

  test("leaves what else the same extrinsic did with the same positions", () => {
    const events = new Events()
      .in(1)
      .removed(A, H, 1, 100n)
      .added(A, I, 1, 50n)
      .removed(A, H, 1, 10n)
      .added(A, I, 1, 10n)
      .moved(A, H, 1, I, 1)
      .added(A, I, 1, 7n);
    expect(joined(events)).toEqual({ changes: [0, 1, 5], joined: [["moved", 4, 2, 3]], unmeasured: [] });
  });

  test("there and back again in one batch is two moves", () => {
    const events = new Events()
      .in(1)
      .removed(A, H, 1, 10n)
      .added(A, I, 1, 10n)
      .moved(A, H, 1, I, 1)
      .removed(A, I, 1, 9n)
      .added(A, H, 1, 9n)
      .moved(A, I, 1, H, 1);
    expect(joined(events)).toEqual({
      changes: [],
      joined: [
        ["moved", 2, 0, 1],
        ["moved", 5, 3, 4],
      ],
      unmeasured: [],
    });
  });

  test("takes nothing of another extrinsic", () => {
    const events = new Events().in(1).removed(A, H, 1, 10n).added(A, I, 1, 10n).in(2).moved(A, H, 1, I, 1);
    expect(joined(events)).toEqual({ changes: [0, 1], joined: [], unmeasured: [["moved", 2]] });
  });

  test.each<[string, (events: Events) => Events]>([
    ["another coldkey", (events) => events.removed(B, H, 1, 10n).added(A, I, 1, 10n)],
    ["another hotkey", (events) => events.removed(A, J, 1, 10n).added(A, I, 1, 10n)],
    ["another subnet", (events) => events.removed(A, H, 2, 10n).added(A, I, 1, 10n)],
    ["another destination", (events) => events.removed(A, H, 1, 10n).added(A, I, 2, 10n)],
  ])("takes nothing of %s", (_, build) => {
    expect(joined(build(new Events().in(1)).moved(A, H, 1, I, 1))).toEqual({ changes: [0, 1], joined: [], unmeasured: [["moved", 2]] });
  });

  test("does not take a removal that came after the addition: the chain takes before it gives", () => {
    const events = new Events().in(1).added(A, I, 1, 10n).removed(A, H, 1, 10n).moved(A, H, 1, I, 1);
    expect(joined(events)).toEqual({ changes: [0, 1], joined: [], unmeasured: [["moved", 2]] });
  });

  test("without its halves, or with one of them, has no amount", () => {
    const none = new Events().in(1).moved(A, H, 1, I, 1);
    expect(joined(none)).toEqual({ changes: [], joined: [], unmeasured: [["moved", 0]] });
    const removal = new Events().in(1).removed(A, H, 1, 10n).moved(A, H, 1, I, 1);
    expect(joined(removal)).toEqual({ changes: [0], joined: [], unmeasured: [["moved", 1]] });
    const addition = new Events().in(1).added(A, I, 1, 10n).moved(A, H, 1, I, 1);
    expect(joined(addition)).toEqual({ changes: [0], joined: [], unmeasured: [["moved", 1]] });
  });

  test("into or out of a subnet that is not recorded stays a change there, and its halves are nobody else's", () => {
    const out = new Events().in(1).removed(A, H, 1, 10n).added(A, H, 99, 20n).swapped(A, H, 1, 99);
    expect(joined(out)).toEqual({ changes: [0, 1], joined: [], unmeasured: [] });
    const into = new Events().in(1).removed(A, H, 99, 10n).added(A, H, 1, 20n).swapped(A, H, 99, 1);
    expect(joined(into)).toEqual({ changes: [0, 1], joined: [], unmeasured: [] });
    // Two swaps out of one position, of which the second is within: it does not get the first one's removal.
    const both = new Events()
      .in(1)
      .removed(A, H, 1, 10n)
      .added(A, H, 99, 20n)
      .swapped(A, H, 1, 99)
      .removed(A, H, 1, 5n)
      .added(A, H, 2, 6n)
      .swapped(A, H, 1, 2);
    expect(joined(both)).toEqual({ changes: [0, 1], joined: [["swapped", 5, 3, 4]], unmeasured: [] });
  });
});

describe("a batch of moves and changes", () => {
  const key = fc.constantFrom(H, I);
  const netuid = fc.constantFrom(1, 2, 99);
  const call = fc.record({ kind: fc.nat(4), from: key, to: key, netuid, toNetuid: netuid, amount: fc.bigInt({ min: 1n, max: 1_000n }) });
  const extrinsics = fc.array(fc.array(call, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

  test("is told apart exactly, and nothing is counted twice", () => {
    const property = fc.property(extrinsics, (batches) => {
      const events = new Events();
      const wanted: [number, number, number][] = [];
      const alone: number[] = [];
      batches.forEach((calls, index) => {
        events.in(index + 1);
        for (const { kind, from, to, netuid, toNetuid, amount } of calls) {
          const first = events.all.length;
          if (kind === 0) events.added(A, from, netuid, amount);
          else if (kind === 1) events.removed(A, from, netuid, amount);
          else {
            const toColdkey = kind === 2 ? B : A;
            const toHotkey = kind === 3 ? to : from;
            events.removed(A, from, netuid, amount).added(toColdkey, toHotkey, toNetuid, amount + 1n);
            if (kind === 2) events.transferred(A, B, from, netuid, toNetuid);
            else if (kind === 3) events.moved(A, from, netuid, to, toNetuid);
            else events.swapped(A, from, netuid, toNetuid);
            if (netuid !== 99 && toNetuid !== 99) wanted.push([first + 2, first, first + 1]);
            else alone.push(first, first + 1);
            continue;
          }
          alone.push(first);
        }
      });
      const { changes, joined: found, unmeasured } = joinSummaries(events.all, recorded);
      expect(found.map(({ summary, removed, added }) => [summary.place.event, removed.event, added.event])).toEqual(wanted);
      expect(changes.map(({ event }: ChainEvent) => event)).toEqual(alone);
      expect(unmeasured).toEqual([]);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
