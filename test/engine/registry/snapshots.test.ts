import { describe, expect, it } from "vitest";
import { configuration, DAY, type MemoryRun, type MemoryStream, otherWarnings, pay, type Row, run, START, stake } from "../in-memory.js";

type Balance = readonly [day: number, miner: string, balanceRao: number];

function balances(...rows: readonly Balance[]): MemoryStream {
  return {
    kind: "balances",
    rows: rows.map(([day, miner, balanceRao]) => ({
      time_ms: START + day * DAY,
      netuid: 1,
      hotkey: miner,
      coldkey: `${miner}-owner`,
      balance_rao: balanceRao,
    })),
  };
}

function snapshot(snapshots: "auto" | "update" | "force", streams: readonly MemoryStream[]): MemoryRun {
  return run(configuration({ snapshots, audit: true }), streams);
}
const held = ({ tables }: MemoryRun): unknown[] => tables.positions.map((row) => [row.hotkey, row.manual_rao, row.earned_rao]);
const PAID: MemoryStream = { kind: "emission", rows: [pay(START + DAY, "a", 100)] };

describe("snapshots: auto", () => {
  it("opens positions that no stake data exists for, and compares the others", () => {
    const result = snapshot("auto", [PAID, balances([2, "a", 150], [2, "b", 70], [3, "b", 70], [4, "b", 71])]);
    expect(held(result)).toEqual([
      ["a", 0, 100],
      ["b", 70, 0],
    ]);
    expect(otherWarnings(result.summary.warnings)).toEqual([
      "2 of 3 recorded balances differ from the ledger; snapshots: update books the difference.",
    ]);
    expect(result.tables.unexplained).toMatchObject([{ kind: "opening", amount_rao: 70, time_ms: START + 2 * DAY }]);
  });

  it("does not open a position that sold everything", () => {
    const sold: MemoryStream = { kind: "stake", rows: [stake(START + 2 * DAY, "removed", "a", 100)] };
    expect(held(snapshot("auto", [PAID, sold, balances([3, "a", 5])]))).toEqual([["a", 0, 0]]);
  });

  it("takes the state after the block: events of the same instant come first", () => {
    const added: MemoryStream = { kind: "stake", rows: [stake(START + 2 * DAY, "added", "b", 30)] };
    const result = snapshot("auto", [balances([2, "b", 30]), added]);
    expect(held(result)).toEqual([["b", 30, 0]]);
    expect(result.summary.warnings).not.toContainEqual(expect.stringContaining("differ"));
  });
});

describe("snapshots of a position whose pay waits for its epoch to end", () => {
  const clock = { epochs: "tempo", emission: { mode: "redistribute" }, endMs: START + 4 * DAY } as const;
  const of = (snapshots: "auto" | "update", ...rows: readonly Balance[]) =>
    run(configuration({ ...clock, snapshots, audit: true, subnetDefaults: { tempoBlocks: 21_600, capacity: 3, immunityMs: 0 } }), [
      { kind: "emission", rows: [pay(START + DAY, "a", 100), pay(START + 1.25 * DAY, "a", 20), pay(START + 2.5 * DAY, "a", 7)] },
      balances(...rows),
    ]);

  it("are compared with it: it is a history, and paid once", () => {
    const result = of("auto", [1, "a", 100], [1.5, "a", 120], [2, "a", 121], [2, "b", 5]);
    expect(held(result)).toEqual([
      ["a", 0, 127],
      ["b", 5, 0],
    ]);
    expect(result.summary.warnings).toContain("1 of 3 recorded balances differ from the ledger; snapshots: update books the difference.");
  });

  it("are brought to by what they hold beyond it", () => {
    expect(held(of("update", [1, "a", 100], [1.5, "a", 150], [2, "a", 150]))).toEqual([["a", 0, 157]]);
  });
});

describe("snapshots: update", () => {
  it("books what is more as emission and what is less as rounding or an unexplained outflow", () => {
    const result = snapshot("update", [PAID, balances([2, "a", 150], [3, "a", 140], [4, "a", 129], [4, "b", 7])]);
    expect(held(result)).toEqual([
      ["a", 0, 129],
      ["b", 7, 0],
    ]);
    expect(result.tables.exits.map((row) => [row.reason, row.amount_rao])).toEqual([
      ["rounding", 10],
      ["unexplained", 11],
    ]);
    expect(result.summary).toMatchObject({ emissionRao: "150", roundingRao: "10", unexplainedRao: "11", inflowRao: "7" });
    expect(result.tables.flows.filter((row) => row.flow === "emission").map((row) => row.amount_rao)).toEqual([100, 50]);
  });
});

describe("snapshots: force", () => {
  it("starts every position anew as manual stake of that instant, without a past", () => {
    const later: MemoryStream = { kind: "emission", rows: [...PAID.rows, pay(START + 31 * DAY, "x", 1)] };
    const result = run(configuration({ snapshots: "force", audit: true, vesting: { retentionBasis: "all_stake" } }), [
      later,
      { kind: "stake", rows: [stake(START + 1.5 * DAY, "removed", "a", 60)] },
      balances([2, "a", 30]),
    ]);
    expect(held(result)).toEqual([
      ["a", 30, 0],
      ["x", 0, 1],
    ]);
    expect(result.tables.holdings.find((row) => row.epoch === 2 && row.position === 0)).toMatchObject({
      received_rao: 30,
      held_share: 1,
      held_days: 29,
    });
    expect(result.tables.exits.map((row) => [row.reason, row.amount_rao])).toEqual([
      ["withdraw", 60],
      ["unexplained", 40],
    ]);
  });

  it("ends with nothing where the snapshot says so", () => {
    expect(held(snapshot("force", [PAID, balances([2, "a", 0])]))).toEqual([["a", 0, 0]]);
  });
});

describe("metagraph", () => {
  const seated = (day: number, uid: number, miner: string, stakeRao: number): Row => ({
    time_ms: START + day * DAY,
    netuid: 1,
    uid,
    hotkey: miner,
    coldkey: `${miner}-owner`,
    stake_rao: stakeRao,
  });

  it("seats hotkeys on their uids; who is replaced earns no more", () => {
    const { tables } = run(configuration({ audit: true, emission: { mode: "redistribute" } }), [
      { kind: "metagraph", rows: [seated(0, 3, "a", 5), seated(0, 4, "b", 5), seated(2, 3, "c", 5)] },
      {
        kind: "emission",
        rows: [pay(START + DAY, "a", 100), pay(START + DAY, "b", 100), pay(START + 3 * DAY, "a", 100), pay(START + 3 * DAY, "b", 100)],
      },
    ]);
    expect(tables.registrations.map((row) => [row.uid, row.position, row.change])).toEqual([
      [3, 0, "registered"],
      [4, 1, "registered"],
      [3, 0, "replaced"],
      [3, 2, "registered"],
    ]);
    expect(tables.rewards.map((row) => row.paid_rao)).toEqual([100, 100, 0, 200]);
    expect(tables.positions.map((row) => row.uid)).toEqual([-1, 4, 3]);
  });
});
