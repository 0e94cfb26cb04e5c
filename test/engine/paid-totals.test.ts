import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRun, outcome } from "./any-run.js";
import { DAY, START } from "./in-memory.js";

/** Sums by position, of rows of a table. */
function sums(rows: readonly Readonly<Record<string, number | string>>[], amount: string): Map<number, bigint> {
  const totals = new Map<number, bigint>();
  for (const row of rows) totals.set(Number(row.position), (totals.get(Number(row.position)) ?? 0n) + BigInt(row[amount]));
  return totals;
}

describe("what a position was paid over the run (`paid_rao` of the table positions)", () => {
  it("is the sum of its emission in `flows`; under schedules what it was awarded, of which `flows` has what came due", () => {
    let compared = 0;
    let vested = 0;
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
        for (const { position, paid_rao } of positions) {
          const id = Number(position);
          expect(BigInt(paid_rao)).toBe((booked.get(id) ?? 0n) + (owed.get(id) ?? 0n));
          compared += 1;
          if ((owed.get(id) ?? 0n) > 0n) vested += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
    expect(vested).toBeGreaterThan(0);
  });
});
