import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Registry, type Seat } from "../../../engine/registry/registry.js";

const IMMUNITY = 10;
const unpaid = (): number => 0;

/** Hotkeys 100, 101, ... on uids 0, 1, ..., registered one a millisecond from time 0, owned by coldkey hotkey + 1000. */
function full(capacity: number, immunityMs = 0): Registry {
  const registry = new Registry(capacity, immunityMs);
  for (let i = 0; i < capacity; i++) registry.register(-1, 100 + i, 1_100 + i, i, unpaid);
  return registry;
}

const seats = (registry: Registry): string[] => [...registry.seats()].map((seat) => `${seat.uid}:${seat.hotkey}`).sort();
const paid =
  (pay: Readonly<Record<number, number>>) =>
  (seat: Seat): number =>
    pay[seat.hotkey] ?? 0;

describe("Registry", () => {
  it("prunes the lowest pay of the last epoch, and says who took whose place", () => {
    const registry = full(3);
    const changes = registry.register(-1, 200, 1_200, 50, paid({ 100: 5, 101: 3, 102: 4 }));
    expect(changes.map(({ change, seat }) => [change, seat.uid, seat.hotkey])).toEqual([
      ["replaced", 1, 101],
      ["registered", 1, 200],
    ]);
    expect(seats(registry)).toEqual(["0:100", "1:200", "2:102"]);
  });

  it("breaks ties by who registered earlier, not by uid", () => {
    const registry = full(3);
    registry.deregister(100);
    registry.register(-1, 103, 1_103, 20, unpaid);
    // 103 sits on uid 0 now, but 101 has been there longest.
    registry.register(-1, 200, 1_200, 50, unpaid);
    expect(seats(registry)).toEqual(["0:103", "1:200", "2:102"]);
  });

  it("spares the immune while anyone is not, and prunes among the immune otherwise", () => {
    const registry = new Registry(2, IMMUNITY);
    registry.register(-1, 100, 1, 0, unpaid);
    registry.register(-1, 101, 1, 5, unpaid);
    registry.register(-1, 102, 1, 12, paid({ 100: 9, 101: 0 }));
    expect(seats(registry)).toEqual(["0:102", "1:101"]);
    registry.register(-1, 103, 1, 13, paid({ 102: 1, 101: 2 }));
    expect(seats(registry)).toEqual(["0:103", "1:101"]);
  });

  it("is immune for less than the immunity, to the millisecond", () => {
    const registry = new Registry(2, IMMUNITY);
    registry.register(-1, 100, 1, 0, unpaid);
    registry.register(-1, 101, 1, 1, unpaid);
    // 100 has sat for exactly the immunity, so it is the only one that can go, though it is paid more.
    registry.register(-1, 102, 1, IMMUNITY, paid({ 100: 5 }));
    expect(seats(registry)).toEqual(["0:102", "1:101"]);
  });

  it("seats again on the same uid without losing place, and changes the owner", () => {
    const registry = full(2);
    for (const [uid, coldkey] of [
      [1, 7],
      [-1, 8],
    ]) {
      const seat = { uid: 1, hotkey: 101, coldkey, registeredMs: 1 };
      // Whose it is now is told; what stays as it was is not.
      expect(registry.register(uid, 101, coldkey, 50, unpaid)).toMatchObject([{ change: "registered", seat }]);
      expect(registry.seatOf(101)).toMatchObject(seat);
      expect(registry.register(uid, 101, coldkey, 60, unpaid)).toEqual([]);
    }
  });

  it("moves a hotkey that registers on another uid", () => {
    const registry = full(3);
    const changes = registry.register(2, 100, 1_100, 50, unpaid);
    expect(changes.map(({ change, seat }) => [change, seat.uid, seat.hotkey])).toEqual([
      ["deregistered", 0, 100],
      ["replaced", 2, 102],
      ["registered", 2, 100],
    ]);
    expect(registry.seatOf(102)).toBeUndefined();
    expect(seats(registry)).toEqual(["1:101", "2:100"]);
  });

  it("gives the lowest free uid out again", () => {
    const registry = full(4);
    registry.deregister(102);
    registry.deregister(101);
    expect(registry.deregister(101)).toBeUndefined();
    registry.register(-1, 200, 1, 50, unpaid);
    registry.register(-1, 201, 1, 50, unpaid);
    expect(seats(registry)).toEqual(["0:100", "1:200", "2:201", "3:103"]);
    expect(registry.seatOf(200)?.registeredMs).toBe(50);
  });

  it("passes a seat on with a key swap; the seat of the new hotkey goes", () => {
    const registry = full(3);
    expect(registry.rekey(100, 300, 9)).toMatchObject({ uid: 0, hotkey: 300, coldkey: 9, registeredMs: 0 });
    expect(registry.seatOf(100)).toBeUndefined();
    expect(registry.rekey(999, 1, 1)).toBeUndefined();
    registry.rekey(101, 102, 9);
    expect(seats(registry)).toEqual(["0:300", "1:102"]);
    expect(registry.deregister(102)).toMatchObject({ uid: 1 });
    expect(registry.seatOf(102)).toBeUndefined();
  });

  it("seats every hotkey once and every uid once, whatever happens", () => {
    const act = fc.record({
      kind: fc.constantFrom("register", "deregister", "rekey"),
      hotkey: fc.nat(7),
      to: fc.nat(7),
      uid: fc.integer({ min: -1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const registry = new Registry(4, IMMUNITY);
        acts.forEach(({ kind, hotkey, to, uid }, timeMs) => {
          if (kind === "register") registry.register(uid, hotkey, to, timeMs, unpaid);
          else if (kind === "deregister") registry.deregister(hotkey);
          else registry.rekey(hotkey, to, hotkey);
          const all = [...registry.seats()];
          expect(new Set(all.map((seat) => seat.hotkey)).size).toBe(all.length);
          expect(all.length).toBe(registry.size);
          for (const seat of all) expect(registry.seatOf(seat.hotkey)).toBe(seat);
          for (let key = 0; key < 8; key++) {
            const seat = registry.seatOf(key);
            if (seat !== undefined) expect(all).toContain(seat);
          }
        });
      }),
    );
  });
});
