import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StageConfiguration } from "../../engine/index.js";
import { cases } from "../cases.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "./in-memory.js";

type Changes = Parameters<typeof configuration>[0];
const T = 1_000_000_000;
const BLOCKS_A_DAY = 7_200;
const winner: StageConfiguration = { stage: "curve", parameters: { ties: "average" }, variant: "winner", of: {} };
const listOf = (...stages: StageConfiguration[]) => ({ stages: { stages, residual: null, recordsEveryEpoch: true } });

const CHANGES: readonly Changes[] = [
  { emission: { mode: "replay" } },
  { emission: { mode: "redistribute" } },
  { emission: { mode: "redistribute" }, ...listOf(winner) },
  { emission: { mode: "redistribute" }, vesting: { redistribution: { kind: "threshold", relative: 0, absolute: 0.3 } } },
  {
    emission: { mode: "redistribute", withdrawals: "proportional" },
    schedules: { durationMs: 3 * DAY, intervalMs: DAY, minVestingAmountRao: 2 * T },
  },
];

describe("a miner whose pay of an instant comes in several rows", () => {
  it("is one miner: it wins a curve with all of it", () => {
    const parts = [400, 400].map((rao) => pay(START + DAY, "a", rao));
    const streams: MemoryStream[] = [{ kind: "emission", rows: [...parts, pay(START + DAY, "b", 500), pay(START + DAY, "c", 300)] }];
    const { tables } = run(configuration({ emission: { mode: "redistribute" }, ...listOf(winner) }), streams);
    expect(tables.rewards.map(({ recorded_rao, paid_rao }) => [recorded_rao, paid_rao])).toEqual([
      [800, 1600],
      [500, 0],
      [300, 0],
    ]);
    expect(tables.weights).toHaveLength(3);
  });

  it("holds and earns what it does where all comes in one, whatever the rule and whatever ends epochs", () => {
    const miner = fc.record({
      rao: fc.integer({ min: 2, max: 5 * T }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      late: fc.boolean(),
    });
    const days = fc.array(fc.array(miner, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(days, fc.constantFrom(...CHANGES), fc.constantFrom("emission" as const, "tempo" as const), (paid, changes, epochs) => {
        const rows = (split: boolean): Row[] =>
          paid.flatMap((miners, day) => {
            const timeMs = START + (day + 1) * DAY;
            const first: Row[] = [];
            const last: Row[] = [];
            miners.forEach(({ rao, part, late }, i) => {
              const some = Math.min(rao - 1, Math.max(1, Math.floor(part * rao)));
              const name = "abc"[i];
              first.push(pay(timeMs, name, split ? some : rao));
              if (split) (late ? last : first).push(pay(timeMs, name, rao - some));
            });
            return [...first, ...last];
          });
        const sold: MemoryStream = { kind: "stake", rows: [stake(START + 1.5 * DAY, "removed", "a", 1)] };
        const of = (split: boolean) =>
          run(
            configuration({
              ...changes,
              epochs,
              subnetDefaults: { tempoBlocks: BLOCKS_A_DAY, capacity: 256, immunityMs: 0 },
              endMs: START + 6 * DAY,
            }),
            [{ kind: "emission", rows: rows(split) }, sold],
          );
        const [whole, split] = [of(false), of(true)];
        for (const table of ["positions", "rewards", "weights", "stage_weights", "holdings", "epochs", "schedules", "payments"]) {
          expect(split.tables[table]).toEqual(whole.tables[table]);
        }
      }),
      { numRuns: cases(60, 600) },
    );
  });
});

describe("a threshold", () => {
  it.each(["shadow", "off"] as const)("takes nothing with vesting.mode: %s", (mode) => {
    const rows = [1, 2].flatMap((day) => [pay(START + day * DAY, "a", 900_000), pay(START + day * DAY, "b", 100_000)]);
    const changes: Changes = {
      emission: { mode: "redistribute" },
      vesting: { mode, maxMultiplier: 1, redistribution: { kind: "threshold", relative: 0, absolute: 0.2 } },
    };
    const { tables, summary } = run(configuration(changes), [{ kind: "emission", rows }]);
    expect(tables.rewards.every(({ recorded_rao, paid_rao }) => recorded_rao === paid_rao)).toBe(true);
    // What it would take is still told.
    expect(summary.metrics?.potMoved).toBeCloseTo(mode === "shadow" ? 0.1 : 0, 12);
  });
});
