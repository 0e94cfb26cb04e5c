import { describe, expect, it } from "vitest";
import type { IndexSubnetConfiguration } from "../../../../engine/index.js";
import type { MemoryRun, Row } from "../../in-memory.js";
import { INDEX, prices, rowsOf, runIndex, traders } from "./small-index.js";

const PARTICIPANTS = [traders("keeper", 3), traders("seller", 3, { withdrawnShare: 1 })];
const RULE = { rule: "geometric", maxMultiplier: 3, retentionWindowDays: 0.5 } as const;
/** Far more than anybody holds. */
const OUT_OF_REACH_RAO = 10 ** 15;

type Vesting = NonNullable<NonNullable<Parameters<typeof runIndex>[2]>["vesting"]>;
const runUnder = (vesting: Vesting, changes: Partial<IndexSubnetConfiguration> = {}) =>
  runIndex({ participants: PARTICIPANTS, vestingMultipliers: true, ...changes }, [prices(12)], { vesting, audit: true });
const plain = runIndex({ participants: PARTICIPANTS }, [prices(12)], { audit: true });

/** Payouts of participants, by epoch. */
function minersOf(run: MemoryRun): Row[][] {
  const epochs = new Map<number, Row[]>();
  for (const row of rowsOf(run, "payouts")) {
    if (row.kind !== "miner") continue;
    epochs.set(Number(row.epoch), [...(epochs.get(Number(row.epoch)) ?? []), row]);
  }
  return [...epochs.values()];
}

const entitledRao = (row: Row) => Number(row.base_rao) + Number(row.tier_bonus_rao);
const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, rao) => sum + rao, 0);
const paidIn = (run: MemoryRun) => minersOf(run).map((rows) => rows.map((row) => row.paid_rao));

describe("what participants are entitled to under multipliers", () => {
  it("is shared anew by entitlement times multiplier", () => {
    let moved = 0;
    for (const rows of minersOf(runUnder(RULE))) {
      const weights = rows.map((row) => entitledRao(row) * Number(row.multiplier));
      const potRao = sumOf(rows.map(entitledRao));
      const all = sumOf(weights);
      for (const [i, row] of rows.entries()) {
        const expected = all > 0 ? (potRao * weights[i]) / all : 0;
        expect(Math.abs(Number(row.paid_rao) - expected)).toBeLessThanOrEqual(1);
        if (Math.abs(Number(row.paid_rao) - entitledRao(row)) > 1e6) moved += 1;
      }
      expect(sumOf(rows.map((row) => Number(row.paid_rao)))).toBe(potRao);
    }
    expect(moved).toBeGreaterThan(10);
  });

  it("is nobody's where all are cut, and such an epoch pays nobody", () => {
    const run = runUnder({ ...RULE, minimumStakeRao: OUT_OF_REACH_RAO, belowMinimum: "zero" });
    const left = rowsOf(run, "payouts").filter(({ kind, tier }) => kind === "unallocated" && tier === "multipliers");
    const epochs = minersOf(run).filter((rows) => sumOf(rows.map(entitledRao)) > 0);
    expect(left.map((row) => row.paid_rao)).toEqual(epochs.map((rows) => sumOf(rows.map(entitledRao))));
    expect(new Set(paidIn(run).flat())).toEqual(new Set([0]));
    expect(run.summary.metrics).toMatchObject({ epochs: epochs.length, unpaidEpochs: epochs.length, potMoved: 1 });
  });

  it("is left as it is where all are 1, whatever a threshold would cut", () => {
    const redistribution = { kind: "threshold", relative: 0, absolute: 0.2 } as const;
    expect(paidIn(runUnder({ rule: "geometric", maxMultiplier: 1, redistribution }))).toEqual(paidIn(plain));
  });

  it("is left as it is in shadow mode, and the figures say what would have been", () => {
    const shadow = runUnder({ ...RULE, mode: "shadow" });
    expect(paidIn(shadow)).toEqual(paidIn(plain));
    const rows = rowsOf(shadow, "weights");
    expect(new Set(rows.map((row) => row.multiplier))).toEqual(new Set([1]));
    expect(Math.max(...rows.map((row) => Number(row.shadow_multiplier)))).toBeGreaterThan(1);
    expect(shadow.summary.metrics?.potMoved).toBeGreaterThan(0.01);
    expect(shadow.summary.metrics?.undecided).not.toContain("equal_multipliers");
  });

  it("has figures of the multipliers alone, not of a cap behind them", () => {
    const capped = runUnder({ rule: "geometric", maxMultiplier: 1 }, { rewards: { ...INDEX.rewards, maxTop10Share: 0.5 } });
    expect(paidIn(capped)).not.toEqual(paidIn(plain));
    expect(capped.summary.metrics?.potMoved).toBe(0);
  });
});
