import { describe, expect, it } from "vitest";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const HUGE = Number.MAX_SAFE_INTEGER;
const owned = (row: Row, coldkey = "owner"): Row => ({ ...row, coldkey });
const registry = (timeMs: number, action: string, hotkey: string, coldkey: string): Row => ({
  time_ms: timeMs,
  netuid: 1,
  action,
  hotkey,
  coldkey,
});

function coldkeys(streams: readonly MemoryStream[], changes: Parameters<typeof configuration>[0] = {}): readonly Row[] {
  return run(configuration(changes), streams).tables.coldkeys ?? [];
}

const REGISTRY: MemoryStream = {
  kind: "registry",
  rows: [
    registry(START, "registered", "a", "owner"),
    registry(START, "registered", "b", "owner"),
    registry(START, "registered", "x", "other"),
    registry(START + 15 * DAY, "deregistered", "b", "owner"),
    registry(START + 25 * DAY, "deregistered", "a", "owner"),
  ],
};
const EMISSION: MemoryStream = {
  kind: "emission",
  rows: [5, 10, 20, 30].flatMap((day) => [
    owned(pay(START + day * DAY, "a", 10)),
    owned(pay(START + day * DAY, "b", 100)),
    owned(pay(START + day * DAY, "x", 1), "other"),
  ]),
};

describe("coldkeys", () => {
  it("sums the registered hotkeys of each coldkey and follows deregistration", () => {
    const stakes: MemoryStream = {
      kind: "stake",
      rows: [
        stake(START + 6 * DAY, "removed", "a", 4, { coldkey: "owner" }),
        stake(START + 6 * DAY, "added", "x", 7, { coldkey: "other" }),
      ],
    };
    // Epochs measure before they book.
    expect(coldkeys([EMISSION, REGISTRY, stakes])).toEqual([
      { epoch: 1, netuid: 1, coldkey: 0, hotkeys: 2, stake_rao: "0", received_rao: "0", remaining_rao: "0" },
      { epoch: 1, netuid: 1, coldkey: 2, hotkeys: 1, stake_rao: "0", received_rao: "0", remaining_rao: "0" },
      { epoch: 2, netuid: 1, coldkey: 0, hotkeys: 2, stake_rao: "106", received_rao: "110", remaining_rao: "106" },
      { epoch: 2, netuid: 1, coldkey: 2, hotkeys: 1, stake_rao: "8", received_rao: "1", remaining_rao: "1" },
      { epoch: 3, netuid: 1, coldkey: 0, hotkeys: 1, stake_rao: "16", received_rao: "20", remaining_rao: "16" },
      { epoch: 3, netuid: 1, coldkey: 2, hotkeys: 1, stake_rao: "9", received_rao: "2", remaining_rao: "2" },
      { epoch: 4, netuid: 1, coldkey: 2, hotkeys: 1, stake_rao: "10", received_rao: "3", remaining_rao: "3" },
    ]);
  });

  it("leaves out what a hotkey holds for somebody else", () => {
    const nominator = { ...pay(START + 5 * DAY, "a", 1_000), coldkey: "nominator" };
    const rows = coldkeys([{ kind: "emission", rows: [...EMISSION.rows.slice(0, 3), nominator, ...EMISSION.rows.slice(3)] }, REGISTRY]);
    expect(rows.filter((row) => row.epoch === 2).map((row) => [row.coldkey, row.stake_rao])).toEqual([
      [0, "110"],
      [2, "1"],
    ]);
  });

  it.each(["hotkey", "coldkey_even"] as const)("stays exact beyond 2^53 (key_scope %s)", (keyScope) => {
    const rows = coldkeys(
      [
        { kind: "emission", rows: [10, 20].map((day) => owned(pay(START + day * DAY, "a", 1))) },
        REGISTRY,
        {
          kind: "stake",
          rows: [
            stake(START + DAY, "added", "a", HUGE - 5, { coldkey: "owner" }),
            stake(START + DAY, "added", "b", HUGE - 4, { coldkey: "owner" }),
            stake(START + 2 * DAY, "removed", "b", HUGE - 4, { coldkey: "owner" }),
            stake(START + 3 * DAY, "added", "b", HUGE - 8, { coldkey: "owner" }),
          ],
        },
      ],
      { vesting: { keyScope, retentionBasis: "all_stake" } },
    );
    expect(rows[0]).toMatchObject({
      epoch: 1,
      hotkeys: 2,
      stake_rao: String(2n * BigInt(HUGE) - 13n),
      received_rao: String(3n * BigInt(HUGE) - 17n),
      remaining_rao: String(2n * BigInt(HUGE) - 13n),
    });
  });

  it("counts only what entered the window under retention_scope: window", () => {
    const rows = coldkeys([EMISSION, REGISTRY], { vesting: { retentionScope: "window", retentionWindowDays: 8 } });
    expect(rows.map((row) => [row.epoch, row.coldkey, row.stake_rao, row.received_rao, row.remaining_rao]).slice(2, 6)).toEqual([
      [2, 0, "110", "110", "110"],
      [2, 2, "1", "1", "1"],
      [3, 0, "20", "0", "0"],
      [3, 2, "2", "0", "0"],
    ]);
  });

  it("is written every n-th epoch and at the last one", () => {
    const rows = coldkeys([EMISSION, REGISTRY], { record: { everyEpochs: 3 } });
    expect(rows.map((row) => row.epoch)).toEqual([3, 3, 4]);
  });
});
