import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.js";
import { anyRun, outcome } from "./any-run.js";
import { configuration, DAY, pay, run, START, stake } from "./in-memory.js";

describe("audit: true", () => {
  it("finds nothing in any mode, and changes no byte of the results", () => {
    fc.assert(
      fc.property(anyRun, ({ config, streams }) => {
        const plain = outcome({ config, streams });
        expect(outcome({ config: { ...config, audit: true }, streams })).toEqual(plain);
      }),
      { numRuns: cases(80, 250) },
    );
  });

  it("leaves a table of flows that accounts for every position's stake", () => {
    const sign: Readonly<Record<string, bigint>> = {
      ...{ inflow: 1n, emission: 1n, moved_in: 1n, from_outside: 1n },
      ...{ outflow: -1n, moved_out: -1n },
    };
    fc.assert(
      fc.property(anyRun, (any) => {
        const result = outcome(any);
        fc.pre(typeof result !== "string");
        const { tables } = result;
        const sums = (tables.positions ?? []).map(() => 0n);
        for (const row of tables.flows ?? []) sums[Number(row.position)] += sign[row.flow] * BigInt(row.amount_rao);
        expect(sums).toEqual((tables.positions ?? []).map((row) => BigInt(row.stake_rao)));
      }),
      { numRuns: cases(35, 100) },
    );
  });

  it("starts a position anew from a forced snapshot, whatever the rules had paid it", () => {
    const of = (withdrawals: "same_tranches" | "proportional" | "absolute", audit: boolean) =>
      run(
        configuration({
          audit,
          snapshots: "force",
          emission: { mode: "redistribute", withdrawals },
        }),
        [
          {
            kind: "emission",
            rows: [START + DAY, START + 31 * DAY].flatMap((timeMs) => [pay(timeMs, "a", 1_000), pay(timeMs, "b", 1_000)]),
          },
          { kind: "stake", rows: [stake(START + 2 * DAY, "removed", "b", 900)] },
          {
            kind: "metagraph",
            rows: ["a", "b"].map((hotkey, uid) => ({
              time_ms: START + 40 * DAY,
              netuid: 1,
              uid,
              hotkey,
              coldkey: `${hotkey}-owner`,
              stake_rao: 7,
            })),
          },
        ],
      );
    for (const withdrawals of ["same_tranches", "proportional", "absolute"] as const) {
      const { tables, summary } = of(withdrawals, true);
      expect(tables.positions.map((row) => [row.stake_rao, row.manual_rao])).toEqual([
        [7, 7],
        [7, 7],
      ]);
      expect(tables.rewards.filter((row) => row.epoch === 2).map((row) => row.paid_rao)).not.toEqual([1_000, 1_000]);
      expect(BigInt(summary.inflowRao) + BigInt(summary.emissionRao) - BigInt(summary.outflowRao)).toBe(14n);
      expect({ tables, summary }).toEqual(of(withdrawals, false));
    }
  });
});
