import { describe, expect, it } from "vitest";
import { Registry, type Seat } from "../../../engine/registry/registry.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START } from "../in-memory.js";

const T = 1_000_000_000;
const unpaid = (): number => 0;
const seat = (timeMs: number, action: string, hotkey: string, uid: number): Row => ({
  time_ms: timeMs,
  netuid: 1,
  uid,
  action,
  hotkey,
  coldkey: `${hotkey}-owner`,
});
const registry = (...rows: Row[]): MemoryStream => ({ kind: "registry", rows });

/** Three miners are paid in six epochs; a fourth registers before the fourth and is paid from then on. */
function emission(uids: readonly number[]): MemoryStream {
  const rows = [1, 2, 3, 4, 5, 6].flatMap((day) =>
    ["a", "b", "c", ...(day > 3 ? ["late"] : [])].map((name, i) => pay(START + day * DAY, name, T, { uid: uids[i] })),
  );
  return { kind: "emission", rows };
}
const registered = registry(seat(START + 3.5 * DAY, "registered", "late", 9));
const paidOf = (streams: readonly MemoryStream[], vesting: object = { mode: "off" }) => {
  const { tables, summary } = run(configuration({ emission: { mode: "redistribute" }, vesting, audit: true }), streams);
  const paid = Object.fromEntries(tables.positions.map((row) => [row.hotkey, Number(row.paid_rao) / T]));
  return { paid, uids: Object.fromEntries(tables.positions.map((row) => [row.hotkey, row.uid])), tables, warnings: summary.warnings };
};

describe("a registry that holds only a window", () => {
  it.each([
    ["known", [0, 1, 2, 9]],
    ["unknown", [-1, -1, -1, -1]],
  ])("leaves seated who is paid and has no registration row, uids %s", (_, uids) => {
    const { paid, uids: seats, warnings } = paidOf([emission(uids), registered]);
    expect(paid).toEqual({ a: 6, b: 6, c: 6, late: 3 });
    expect(seats).toEqual({ a: uids[0], b: uids[1], c: uids[2], late: 9 });
    expect(warnings).toEqual([expect.stringMatching(/^3 hotkeys are paid on subnet 1 and never registered: the registry holds only part/)]);
  });

  it("gives the newcomer no more than its part of the bonus, where it got the whole pot", () => {
    const { paid } = paidOf([emission([0, 1, 2, 9]), registered], { mode: "on" });
    expect(paid.a).toBeCloseTo(paid.b, 6);
    expect(paid.a).toBeGreaterThan(6);
    expect(paid.late).toBeGreaterThan(2.5);
    expect(paid.late).toBeLessThan(3);
  });

  it("still ends the seat of who is deregistered or displaced", () => {
    const { paid, warnings } = paidOf([
      emission([0, 1, 2, 9]),
      registry(seat(START + 2.5 * DAY, "deregistered", "a", 0), seat(START + 3.5 * DAY, "registered", "late", 1)),
    ]);
    // a: two epochs; b until late takes its uid; c has what both leave.
    expect(paid.a).toBe(2);
    expect(paid.b).toBeCloseTo(2 + 1.5, 6);
    expect(paid.late).toBeCloseTo(6, 6);
    expect(warnings.join(" ")).toMatch(/3 hotkeys are paid/);
  });

  it("says nothing where everybody who is paid is registered, and nothing of subnets without a registry", () => {
    const all = registry(...["a", "b", "c"].map((name, uid) => seat(START, "registered", name, uid)), ...registered.rows);
    expect(paidOf([emission([0, 1, 2, 9]), all]).warnings).toEqual([]);
    const elsewhere: MemoryStream = { kind: "emission", rows: [{ ...pay(START + DAY, "x", T), netuid: 2 }] };
    expect(paidOf([elsewhere, emission([0, 1, 2, 9]), all]).warnings).toEqual([]);
  });
});

describe("Registry.seatedBefore", () => {
  const seats = (registry: Registry): string[] => [...registry.seats()].map(({ uid, hotkey }) => `${uid}:${hotkey}`);

  it("seats once, on the uid if nobody is known to sit there", () => {
    const registry = new Registry(4, 0);
    expect(registry.seatedBefore(2, 100, 1)).toMatchObject({ uid: 2, registeredMs: 0 });
    expect(registry.seatedBefore(2, 101, 1)).toMatchObject({ uid: -1 });
    expect(registry.seatedBefore(-1, 102, 1)).toMatchObject({ uid: -1 });
    expect(registry.seatedBefore(3, 100, 1)).toBeUndefined();
    expect(seats(registry)).toEqual(["2:100", "-1:101", "-1:102"]);
    expect([registry.size, registry.inferred]).toEqual([1, 3]);
  });

  it("prunes who sat before first, and nobody without a known uid", () => {
    const registry = new Registry(2, 1_000);
    registry.seatedBefore(-1, 99, 1);
    registry.register(0, 100, 1, 5, unpaid);
    registry.seatedBefore(1, 101, 1);
    const changes = registry.register(-1, 200, 1, 10, unpaid);
    expect(changes.map(({ change, seat: one }: { change: string; seat: Seat }) => [change, one.uid, one.hotkey])).toEqual([
      ["replaced", 1, 101],
      ["registered", 1, 200],
    ]);
    expect(registry.seatOf(99)).toBeDefined();
  });

  it("gives a seat without a uid one when it registers, without a deregistration that nothing tells of", () => {
    const registry = new Registry(4, 0);
    registry.seatedBefore(-1, 100, 1);
    expect(registry.register(3, 100, 2, 7, unpaid).map(({ change, seat: one }) => [change, one.uid, one.registeredMs])).toEqual([
      ["registered", 3, 7],
    ]);
    expect([seats(registry), registry.inferred]).toEqual([["3:100"], 0]);
    registry.seatedBefore(-1, 101, 1);
    expect(registry.register(-1, 101, 1, 8, unpaid)[0].seat.uid).toBe(0);
  });

  it("knows who was ever seated or unseated", () => {
    const registry = new Registry(4, 0);
    registry.deregister(100);
    registry.register(0, 101, 1, 1, unpaid);
    registry.rekey(101, 102, 1);
    for (const hotkey of [100, 101, 102]) expect(registry.seatedBefore(3, hotkey, 1)).toBeUndefined();
  });
});
