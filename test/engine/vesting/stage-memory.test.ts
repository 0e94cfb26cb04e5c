import { describe, expect, it } from "vitest";
import type { StageConfiguration } from "../../../engine/index.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
const ema: StageConfiguration = {
  stage: "smooth",
  parameters: { onNewKey: "reset" },
  variant: "ema",
  of: { alpha: 0.5, halfLifeEpochs: null },
};
const collateralGate: StageConfiguration = {
  stage: "gate",
  parameters: { by: "collateral", atLeast: 10, unit: "alpha", below: "zero", power: 1 },
};
const penalty: StageConfiguration = {
  stage: "selling_penalty",
  parameters: { steps: [{ drop: 0.1, factor: 0.5, hours: 24 }], lookBackHours: 240 },
};
const owed: StageConfiguration = {
  stage: "budget",
  parameters: { perEpoch: null, owed: "obligations", unit: "alpha", carry: true, staleAfterHours: 24 },
};

const swap = (timeMs: number, from: string, to: string): Row => stake(timeMs, "hotkey_swapped", from, 0, { to_hotkey: to });
const collateral = (timeMs: number, hotkey: string, amount: number): Row => ({
  time_ms: timeMs,
  netuid: 1,
  hotkey,
  amount_rao: amount * T,
});

function runOf(stages: readonly StageConfiguration[], streams: readonly MemoryStream[]) {
  return run(
    configuration({ emission: { mode: "redistribute" }, audit: true, stages: { stages, residual: "burn", recordsEveryEpoch: true } }),
    streams,
  );
}

/** Two miners are paid every day for so many days, in equal parts; whoever is not b is a, under another hotkey. */
const emission = (days: number, names: (day: number) => readonly [string, string]): MemoryStream => ({
  kind: "emission",
  rows: Array.from({ length: days }, (_, day) =>
    names(day).map((miner, uid) => pay(START + (day + 1) * DAY, miner, 5 * T, { uid, coldkey: miner === "b" ? "b-owner" : "a-owner" })),
  ).flat(),
});
const factorsOf = (tables: { readonly stage_weights?: readonly Row[] }, epoch: number) =>
  (tables.stage_weights ?? []).filter((row) => row.epoch === epoch).map((row) => row.factor);
const sharesOf = (tables: { readonly stage_weights?: readonly Row[] }, epoch: number) =>
  (tables.stage_weights ?? []).filter((row) => row.epoch === epoch).map((row) => row.share_after);

describe("what a stage remembers", () => {
  it("goes along with a swap of the hotkey, and is no other miner's", () => {
    const swapped = emission(3, (day) => [day === 2 ? "new" : "a", "b"]);
    const moved: MemoryStream = { kind: "stake", rows: [swap(START + 2.5 * DAY, "a", "new")] };
    expect(sharesOf(runOf([ema], [swapped, moved]).tables, 3)).toEqual([0.5, 0.5]);
    expect(sharesOf(runOf([ema], [swapped]).tables, 3).toSorted()).toEqual([0.25, 0.5]);
  });

  it("of stake sees a sale, and no sale in a swap", () => {
    const names = (day: number): [string, string] => [day >= 2 ? "new" : "a", "b"];
    const rows = [swap(START + 2.5 * DAY, "a", "new"), stake(START + 2.6 * DAY, "removed", "b", 6 * T)];
    const { tables } = runOf([penalty], [emission(4, names), { kind: "stake", rows }]);
    // b has 5 at the second close, then 10 less 6; a, then new, has uid 0.
    expect(factorsOf(tables, 3)).toEqual([1, 0.5]);
    expect(factorsOf(tables, 4)).toEqual([1, 1]);
  });
});

describe("collateral", () => {
  it("counts from the epoch after its row, and goes along with a swap", () => {
    const names = (day: number): [string, string] => [day >= 2 ? "new" : "a", "b"];
    const streams: MemoryStream[] = [
      emission(4, names),
      { kind: "stake", rows: [swap(START + 2.5 * DAY, "a", "new")] },
      { kind: "collateral", rows: [collateral(START + DAY, "a", 10), collateral(START + 3.5 * DAY, "new", 9.999999999)] },
    ];
    const { tables } = runOf([collateralGate], streams);
    expect([1, 2, 3, 4].map((epoch) => factorsOf(tables, epoch))).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
  });

  it("that no stream tells is no gate", () => {
    expect(() => runOf([collateralGate], [emission(1, () => ["a", "b"])])).toThrow(
      expect.objectContaining({ code: "TEN-RULE-026", place: { path: "stages.0" }, found: "no stream of kind collateral" }),
    );
    const volume = { ...collateralGate, parameters: { ...collateralGate.parameters, by: "volume" } };
    expect(() => runOf([volume], [emission(1, () => ["a", "b"])])).toThrow(expect.objectContaining({ found: "no index subnet" }));
  });
});

describe("a budget of what is owed", () => {
  const obligation = (timeMs: number, hotkey: string, amount: number, unit = "alpha"): Row => ({
    ...collateral(timeMs, hotkey, amount),
    unit,
  });

  it("pays each what the stream tells, out of the pot, and writes down what stays due", () => {
    const owes: MemoryStream = {
      kind: "obligations",
      rows: [obligation(START + DAY / 2, "a", 3), obligation(START + 1.5 * DAY, "a", 12), obligation(START + 1.5 * DAY, "away", 1)],
    };
    const { tables } = runOf([owed], [emission(3, () => ["a", "b"]), owes]);
    expect(tables.rewards.map((row) => row.paid_rao)).toEqual([3 * T, 0, 10 * T, 0, 2 * T, 0]);
    expect((tables.budgets ?? []).map((row) => [row.due_rao, row.paid_rao, row.stays_due_rao, row.note])).toEqual([
      [String(3 * T), 3 * T, "0", "paid"],
      [String(13 * T), 10 * T, String(3 * T), "paid"],
      [String(3 * T), 2 * T, String(T), "paid"],
    ]);
  });

  it("refuses what is owed in another unit", () => {
    const owes: MemoryStream = { kind: "obligations", rows: [obligation(START + DAY / 2, "a", 3, "usd")] };
    expect(() => runOf([owed], [emission(1, () => ["a", "b"]), owes])).toThrow(
      expect.objectContaining({ code: "TEN-RULE-025", found: "usd" }),
    );
  });
});
