import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRun, outcome } from "./any-run.js";
import { configuration, DAY, pay, run, START } from "./in-memory.js";

/** Sums by position, of rows of a table. */
function sums(rows: readonly Readonly<Record<string, number | string>>[], amount: string): Map<number, bigint> {
  const totals = new Map<number, bigint>();
  for (const row of rows) totals.set(Number(row.position), (totals.get(Number(row.position)) ?? 0n) + BigInt(row[amount]));
  return totals;
}

describe("what a position was paid over the run (`paid_rao` of the table positions)", () => {
  it("is the sum of its emission in `flows`; under schedules what it was awarded, of which `flows` has what came due", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyRun, (any) => {
        // In the midst of what happens, so that instalments are still to come.
        const result = outcome({ ...any, config: { ...any.config, endMs: START + 45 * DAY } });
        if (typeof result === "string") return;
        const { positions = [], flows = [], schedules = [] } = result.tables;
        const booked = sums(
          flows.filter(({ flow }) => flow === "emission"),
          "amount_rao",
        );
        const owed = sums(
          schedules.map((row) => ({ ...row, left: (BigInt(row.amount_rao) - BigInt(row.paid_rao)).toString() })),
          "left",
        );
        const isSwapped = any.streams.some(({ rows }) => rows.some(({ action }) => String(action).endsWith("key_swapped")));
        if (schedules.length > 0 && isSwapped) {
          // What is still to come goes along with the keys, so the sums are those of both.
          const all = (of: Iterable<bigint>) => [...of].reduce((total, rao) => total + rao, 0n);
          const paid = all(positions.map(({ paid_rao }) => BigInt(paid_rao)));
          expect(paid).toBe(all(booked.values()) + all(owed.values()));
          return;
        }
        for (const { position, paid_rao } of positions) {
          const id = Number(position);
          expect(BigInt(paid_rao)).toBe((booked.get(id) ?? 0n) + (owed.get(id) ?? 0n));
          compared += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("counts what was awarded and has not come due", () => {
    const schedules = { durationMs: 10 * DAY, intervalMs: DAY, minVestingAmountRao: 1 };
    const { tables } = run(configuration({ schedules, endMs: START + 4 * DAY }), [
      { kind: "emission", rows: [pay(START + DAY, "a", 1_000)] },
    ]);
    expect(tables.positions.map(({ paid_rao }) => BigInt(paid_rao))).toEqual([1_000n]);
    const due = tables.flows.filter(({ flow }) => flow === "emission").map(({ amount_rao }) => amount_rao);
    // One at once, and one a day.
    expect(due).toEqual([100, 100, 100, 100]);
  });
});
