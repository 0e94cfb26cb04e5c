import { describe, expect, it } from "vitest";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const owned = (row: Row, coldkey = "owner"): Row => ({ ...row, coldkey });

const EMISSION: MemoryStream = {
  kind: "emission",
  rows: [
    owned(pay(START, "a", 100)),
    owned(pay(START, "b", 301)),
    pay(START, "x", 40),
    owned(pay(START + 10 * DAY, "a", 100)),
    owned(pay(START + 10 * DAY, "b", 100)),
    pay(START + 10 * DAY, "x", 40),
  ],
};
const SOLD: MemoryStream = { kind: "stake", rows: [stake(START + 4 * DAY, "removed", "b", 201, { coldkey: "owner" })] };

type Vesting = Parameters<typeof configuration>[0]["vesting"];
const holdings = (vesting: Vesting, streams: readonly MemoryStream[] = [EMISSION, SOLD]): readonly Row[] =>
  run(configuration({ audit: true, vesting: { keyScope: "coldkey_even", ...vesting } }), streams).tables.holdings.filter(
    (row) => row.epoch === 2,
  );
const metrics = (row: Row): unknown[] => [row.stake_rao, row.held_share, row.held_days];

describe("key_scope: coldkey_even", () => {
  it("gives every registered hotkey the pool's share and days and an even part of its stake", () => {
    const [a, b, x] = holdings({});
    expect(metrics(a)).toEqual([100, 200 / 401, 10]);
    expect(metrics(b)).toEqual([100, 200 / 401, 10]);
    expect(metrics(x)).toEqual([40, 1, 10]);
    expect(a.multiplier).toBe(b.multiplier);
  });

  it("weights the age of the pool by what remains, to the whole day where asked", () => {
    const streams: MemoryStream[] = [
      EMISSION,
      { kind: "stake", rows: [stake(START + 7.5 * DAY, "added", "a", 200, { coldkey: "owner" })] },
    ];
    expect(holdings({ retentionBasis: "all_stake" }, streams).map((row) => row.held_days)).toEqual([
      (401 * 10 * DAY + 200 * 2.5 * DAY) / 601 / DAY,
      (401 * 10 * DAY + 200 * 2.5 * DAY) / 601 / DAY,
      10,
    ]);
    expect(holdings({ retentionBasis: "all_stake", rounding: "whole_days" }, streams).map((row) => row.held_days)).toEqual([7, 7, 10]);
  });

  it("divides by registered hotkeys only; who is not registered keeps its own", () => {
    const registry: MemoryStream = {
      kind: "registry",
      rows: ["a", "b"].map((hotkey) => ({ time_ms: START, netuid: 1, action: "registered", hotkey, coldkey: "owner" })),
    };
    const nominated = owned(pay(START, "v", 1_000, { role: "validator" }));
    const [a, b, x, v] = holdings({}, [
      { kind: "emission", rows: [...EMISSION.rows.slice(0, 3), nominated, ...EMISSION.rows.slice(3)] },
      SOLD,
      registry,
    ])
      .slice()
      .sort((one, other) => Number(one.position) - Number(other.position));
    expect(metrics(a)).toEqual([600, 1200 / 1401, 10]);
    expect(metrics(b)).toEqual([600, 1200 / 1401, 10]);
    expect(metrics(x)).toEqual([40, 1, 10]);
    expect(metrics(v)).toEqual([1_000, 1, 10]);
  });

  it("measures the minimum against the even part", () => {
    expect(holdings({ minimumStakeRao: 100 }).map((row) => row.multiplier !== 1)).toEqual([true, true, false]);
    expect(holdings({ minimumStakeRao: 101 }).map((row) => row.multiplier !== 1)).toEqual([false, false, false]);
  });
});
