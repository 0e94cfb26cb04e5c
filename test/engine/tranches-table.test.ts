import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRun } from "./any-run.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "./in-memory.js";

const received = (rows: readonly Row[], wanted: (row: Row) => boolean): Record<string, bigint> => {
  const sums: Record<string, bigint> = {};
  for (const row of rows.filter(wanted)) sums[String(row.position)] = (sums[String(row.position)] ?? 0n) + BigInt(Number(row.received_rao));
  return sums;
};

describe("the rows of a position in `tranches`", () => {
  it("sum to what it received, whatever was moved, split, sold or slashed", () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom("auto" as const, "update" as const), ({ config, streams }, snapshots) => {
        const { tables } = run(
          {
            ...config,
            snapshots,
            ledger: { ...config.ledger, onInvalid: config.ledger.onInvalid === "stop" ? "clamp" : config.ledger.onInvalid },
            schedules: null,
            // The last epoch ends days after the last event, so that it measures how everything ended.
            epochs: "tempo",
            emission: { ...config.emission, outside: null },
            vesting: { ...config.vesting, startMs: null, retentionScope: "lifetime", keyScope: "hotkey" },
          },
          streams,
        );
        const last = Math.max(...(tables.epochs ?? []).map((row) => Number(row.epoch)));
        const sums = received(tables.tranches ?? [], (row) => config.vesting.retentionBasis === "all_stake" || row.source === "emission");
        for (const row of (tables.holdings ?? []).filter(({ epoch }) => epoch === last)) {
          expect(sums[String(row.position)] ?? 0n).toBe(BigInt(Number(row.received_rao)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("carry along what emptied tranches had received where everything moves, and name nobody's tranche twice", () => {
    const streams: MemoryStream[] = [
      { kind: "emission", rows: [pay(START + DAY, "a", 100), pay(START + 2 * DAY, "a", 50), pay(START + 9 * DAY, "x", 1)] },
      {
        kind: "stake",
        rows: [
          stake(START + 1, "added", "a", 30),
          stake(START + 3 * DAY, "removed", "a", 60),
          stake(START + 4 * DAY, "hotkey_swapped", "a", 0, { to_hotkey: "b", block: 9, extrinsic: 2, event: 5 }),
          stake(START + 5 * DAY, "removed", "b", 90, { coldkey: "a-owner" }),
          stake(START + 6 * DAY, "moved", "b", 30, { coldkey: "a-owner", to_hotkey: "c" }),
        ],
      },
    ];
    for (const mode of ["replay", "redistribute"] as const) {
      const { tables } = run(configuration({ emission: { mode }, audit: true }), streams);
      const hotkeys = tables.positions.map((row) => row.hotkey);
      const rows = tables.tranches.map((row) => [hotkeys[Number(row.position)], row.source, row.state, row.tranche, row.received_rao]);
      expect(rows).toEqual([
        ["a", "emission", "empty", 2, 50],
        ["a", "emission", "moved", -1, -50],
        ["b", "emission", "moved", -1, 50],
        ["b", "emission", "empty", 1, 100],
        ["b", "emission", "moved", -1, -150],
        ["c", "emission", "moved", -1, 150],
        ["c", "manual", "held", 0, 30],
        ["x", "emission", "held", 3, 1],
      ]);
      expect(tables.tranches[1]).toMatchObject({ remaining_rao: 0, closed_ms: START + 4 * DAY, block: 9, extrinsic: 2, event: 5 });
    }
  });
});
