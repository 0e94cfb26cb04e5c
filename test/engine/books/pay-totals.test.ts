import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PayTotals } from "../../../engine/books/pay-totals.js";
import { configuration, DAY, type MemoryStream, pay, run, START } from "../in-memory.js";

describe("pay totals", () => {
  it("are exact whatever is added", () => {
    const amount = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, 2 ** 52 - 1, 2 ** 52, 2 ** 53 - 1));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(700), amount, amount), { maxLength: 60 }), (rows) => {
        const totals = new PayTotals();
        const [recorded, paid] = [new Map<number, bigint>(), new Map<number, bigint>()];
        for (const [position, recordedRao, paidRao] of rows) {
          totals.ensurePositions(position + 1);
          totals.add(position, recordedRao, paidRao);
          recorded.set(position, (recorded.get(position) ?? 0n) + BigInt(recordedRao));
          paid.set(position, (paid.get(position) ?? 0n) + BigInt(paidRao));
        }
        for (const [position, total] of recorded) expect(totals.recordedRao(position)).toBe(total);
        for (const [position, total] of paid) expect(totals.paidRao(position)).toBe(total);
      }),
    );
  });
});

/** Two miners over 40 days; the second sells what it gets. */
function streams(days = 40): MemoryStream[] {
  const emission = Array.from({ length: days }, (_, day) => [
    pay(START + (day + 1) * DAY, "a", 1_000_000 + day),
    pay(START + (day + 1) * DAY, "b", 1_000_003),
    pay(START + (day + 1) * DAY, "v", 500_000, { role: "validator" }),
  ]).flat();
  const stake = Array.from({ length: days - 1 }, (_, day) => ({
    time_ms: START + (day + 1) * DAY + 1000,
    action: "removed",
    netuid: 1,
    hotkey: "b",
    coldkey: "b-owner",
    amount_rao: 900_000,
  }));
  return [
    { kind: "emission", rows: emission },
    { kind: "stake", rows: stake },
  ];
}

const sums = (rows: readonly Readonly<Record<string, number | string>>[] | undefined, key: string) => {
  const totals: Record<string, bigint> = {};
  for (const row of rows ?? []) totals[String(row.position)] = (totals[String(row.position)] ?? 0n) + BigInt(row[key]);
  return totals;
};

describe("recorded_rao and paid_rao of positions", () => {
  for (const mode of ["replay", "redistribute"] as const) {
    it(`are what the rewards of every epoch sum to (${mode})`, () => {
      const { tables, summary } = run(configuration({ emission: { mode } }), streams());
      expect(sums(tables.positions, "recorded_rao")).toEqual(sums(tables.rewards, "recorded_rao"));
      expect(sums(tables.positions, "paid_rao")).toEqual(sums(tables.rewards, "paid_rao"));
      const paid = Object.values(sums(tables.positions, "paid_rao")).reduce((sum, one) => sum + one, 0n);
      expect(String(paid)).toBe(summary.emissionRao);
    });

    it(`do not depend on which epochs are recorded (${mode})`, () => {
      const every = run(configuration({ emission: { mode } }), streams()).tables.positions;
      const few = run(configuration({ emission: { mode }, record: { everyEpochs: 17, tables: [] } }), streams()).tables.positions;
      expect(few).toEqual(every);
    });

    it(`count what is booked inside epochs that end by the clock (${mode})`, () => {
      // 7,000 blocks of 12 s: a little less than a day. The end of the run is the end of the streams, so the last epoch never ends.
      const subnetDefaults = { tempoBlocks: 7_000, capacity: 256, immunityMs: 0 };
      const { tables, summary } = run(configuration({ emission: { mode }, epochs: "tempo", subnetDefaults }), streams());
      const paid = sums(tables.positions, "paid_rao");
      expect(String(Object.values(paid).reduce((sum, one) => sum + one, 0n))).toBe(summary.emissionRao);
      const names = Object.fromEntries((tables.positions ?? []).map((row) => [row.hotkey, row]));
      expect(names.v).toMatchObject({ recorded_rao: "20000000", paid_rao: "20000000" });
      // The miners' last pay is not shared out before its epoch ends.
      const days = mode === "replay" ? 40n : 39n;
      expect(names.b.recorded_rao).toBe(String(days * 1_000_003n));
    });
  }

  it("count a reward under schedules when it is awarded", () => {
    const schedules = { durationMs: 30 * DAY, intervalMs: DAY, minVestingAmountRao: 0 };
    const { tables } = run(configuration({ schedules: schedules as never }), streams());
    const names = Object.fromEntries((tables.positions ?? []).map((row) => [row.hotkey, row]));
    expect(names.b).toMatchObject({ recorded_rao: "40000120", paid_rao: "40000120" });
    expect(Number(names.b.earned_rao)).toBeLessThan(40_000_120);
  });

  it("count emission that snapshots tell of", () => {
    const balance = (day: number, stakeRao: number) => ({
      time_ms: START + day * DAY,
      netuid: 1,
      hotkey: "a",
      coldkey: "a-owner",
      balance_rao: stakeRao,
    });
    const { tables } = run(configuration({ snapshots: "update" }), [{ kind: "balances", rows: [balance(1, 50), balance(2, 5000)] }]);
    expect(tables.positions?.[0]).toMatchObject({ recorded_rao: "4950", paid_rao: "4950" });
  });
});
