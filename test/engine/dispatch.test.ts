import { describe, expect, it } from "vitest";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "./in-memory.js";

const TEMPO = 360 * 12_000;
const emission = (...rows: Row[]): MemoryStream => ({ kind: "emission", rows });
const stakes = (...rows: Row[]): MemoryStream => ({ kind: "stake", rows });
const on = (netuid: number, row: Row): Row => ({ ...row, netuid });

describe("epochs: tempo", () => {
  it("ends the epochs that went by before a subnet's first event, whether the scenario names it or not", () => {
    const subnet = { tempoBlocks: 360, capacity: 256, immunityMs: 0 };
    const streams = [emission(pay(START + 2 * TEMPO + 1_000, "a", 7)), stakes(stake(START + 2 * TEMPO + 500, "added", "a", 5))];
    const of = (subnets: readonly { netuid: number; tempoBlocks: number; capacity: number; immunityMs: number }[]) =>
      run(configuration({ epochs: "tempo", audit: true, endMs: START + 4 * TEMPO, subnets, subnetDefaults: subnet }), streams);
    const unnamed = of([]);
    expect(unnamed.tables.epochs.map((row) => [row.epoch, (Number(row.end_ms) - START) / TEMPO, row.positions, row.recorded_rao])).toEqual([
      [1, 1, 0, 0],
      [2, 2, 0, 0],
      [3, 3, 1, 7],
      [4, 4, 1, 0],
    ]);
    expect(unnamed).toEqual(of([{ netuid: 1, ...subnet }]));
  });
});

describe("pair_moves", () => {
  const config = configuration({ epochs: "tempo", audit: true, endMs: START + 2 * TEMPO, ledger: { pairMoves: true } });
  const place = (event: number, extrinsic = 3): Row => ({ block: 5, extrinsic, event });
  const flows = (rows: readonly Row[]) =>
    run(config, [stakes(...rows)]).tables.flows.map((row) => [row.flow, row.amount_rao, row.block, row.extrinsic, row.event]);

  it("applies a removal that stays alone with its own place, before the epoch that follows ends", () => {
    const rows = [
      stake(START, "added", "a", 100, place(0, 1)),
      stake(START + 1_000, "removed", "a", 10, place(1)),
      stake(START + 1_000, "removed", "a", 20, place(2)),
      stake(START + 1_000, "burned", "a", 30, place(3)),
      stake(START + TEMPO + 1, "added", "a", 1, { block: 400, extrinsic: 0, event: 0 }),
    ];
    expect(flows(rows)).toEqual([
      ["inflow", 100, 5, 1, 0],
      ["outflow", 30, 5, 3, 3],
      ["outflow", 10, 5, 3, 1],
      ["outflow", 20, 5, 3, 2],
      ["inflow", 1, 400, 0, 0],
    ]);
    const { tables } = run(config, [stakes(...rows)]);
    expect(tables.holdings.filter((row) => row.epoch === 1).map((row) => row.stake_rao)).toEqual([40]);
  });

  it("joins each addition with one removal of its coldkey, at the removal's place", () => {
    const rows = [
      stake(START, "added", "a", 100, place(0, 1)),
      stake(START, "removed", "a", 10, place(1)),
      stake(START, "added", "b", 10, { ...place(2), coldkey: "a-owner" }),
      stake(START, "added", "c", 5, place(3)),
      stake(START, "added", "b", 4, { ...place(1, 4), coldkey: "a-owner" }),
    ];
    expect(flows(rows)).toEqual([
      ["inflow", 100, 5, 1, 0],
      ["moved_out", 10, 5, 3, 1],
      ["moved_in", 10, 5, 3, 1],
      ["inflow", 5, 5, 3, 3],
      ["inflow", 4, 5, 4, 1],
    ]);
  });
});

describe("registry", () => {
  it("prunes by all that a hotkey was paid in the epoch, whatever for", () => {
    const seat = (timeMs: number, hotkey: string, uid = -1): Row => ({
      time_ms: timeMs,
      netuid: 1,
      uid,
      action: "registered",
      hotkey,
      coldkey: `${hotkey}-owner`,
    });
    const { tables } = run(configuration({ subnetDefaults: { tempoBlocks: 360, capacity: 2, immunityMs: 0 } }), [
      { kind: "registry", rows: [seat(START, "a"), seat(START, "b"), seat(START + 2 * DAY, "c")] },
      emission(pay(START + DAY, "a", 50), pay(START + DAY, "a", 1, { role: "validator" }), pay(START + DAY, "b", 40)),
    ]);
    expect(tables.registrations.at(-2)).toMatchObject({ change: "replaced", uid: 1, position: 1 });
  });

  it("lets a hotkey swap end the seat of the hotkey swapped to", () => {
    const { tables } = run(configuration({}), [
      emission(pay(START, "a", 1), pay(START, "b", 2)),
      stakes(stake(START + DAY, "hotkey_swapped", "a", 0, { to_hotkey: "b" })),
    ]);
    expect(tables.registrations.map((row) => [row.change, row.uid, row.position])).toEqual([
      ["registered", 0, 0],
      ["registered", 1, 1],
      ["deregistered", 1, 1],
      ["ownership", 0, 2],
    ]);
  });
});

describe("registry rows of key swaps", () => {
  const seat = (timeMs: number, action: string, hotkey: string, coldkey: string, uid = 3): Row => ({
    time_ms: timeMs,
    netuid: 1,
    uid,
    action,
    hotkey,
    coldkey,
  });
  const changes = (...streams: readonly MemoryStream[]) =>
    run(configuration({ audit: true }), streams).tables.registrations.map((row) => [row.change, row.uid]);
  const registered = seat(START, "registered", "a", "owner");

  it("pass the seat of the uid on, and it is no new registration", () => {
    const rows = [
      registered,
      seat(START + DAY, "hotkey_swapped", "b", "owner"),
      seat(START + 2 * DAY, "coldkey_swapped", "b", "other"),
      seat(START + 3 * DAY, "deregistered", "b", "other"),
    ];
    expect(changes({ kind: "registry", rows })).toEqual([
      ["registered", 3],
      ["ownership", 3],
      ["ownership", 3],
      ["deregistered", 3],
    ]);
  });

  it("say nothing new where a stake row of the same swap came first, or where nobody sits", () => {
    const swap = stake(START + DAY, "hotkey_swapped", "a", 0, { coldkey: "owner", to_hotkey: "b", block: 9, extrinsic: 2, event: 5 });
    const rows = [
      registered,
      { ...seat(START + DAY, "hotkey_swapped", "b", "owner"), block: 9, extrinsic: 2, event: 5 },
      seat(START + 2 * DAY, "hotkey_swapped", "x", "y", 8),
    ];
    expect(changes(stakes(swap), { kind: "registry", rows })).toEqual([
      ["registered", 3],
      ["ownership", 3],
    ]);
  });
});

describe("emission.recorded_rule", () => {
  it("refuses a recording that pays who would get nothing under it", () => {
    const recordedRule = { ...configuration({}).vesting, rule: "linear_retention" as const };
    expect(() =>
      run(configuration({ emission: { mode: "redistribute", recordedRule } }), [
        emission(pay(START, "a", 5), pay(START, "b", 5), pay(START + 2 * DAY, "a", 5), pay(START + 2 * DAY, "b", 5)),
        stakes(stake(START + DAY, "removed", "a", 5)),
      ]),
    ).toThrow(/TEN-RULE-010: emission\.recorded_rule.*1\/a\/a-owner.*Found 5/);
  });

  it.each([5e-324, 1e-300])("refuses a multiplier of %d, which leaves more than can be counted", (multiplier) => {
    const rule = { name: "tiny", meaning: "m", parameters: {}, ceiling: () => 1, bind: () => () => multiplier };
    const recordedRule = { ...configuration({}).vesting, rule: { file: "./tiny.ts", rule, values: {} } };
    const paid = [1, 2].flatMap((day) => [pay(START + day * DAY, "a", 5e9), pay(START + day * DAY, "b", 5e9)]);
    expect(() => run(configuration({ emission: { mode: "redistribute", recordedRule } }), [emission(...paid)])).toThrow(
      `whose multiplier under emission.recorded_rule is ${multiplier}`,
    );
  });
});

describe("recording", () => {
  it("always writes the last epoch of every subnet", () => {
    const rows = [1, 2, 3, 4, 5].flatMap((day) =>
      [1, 2, 3].filter((netuid) => day !== 5 || netuid === 2).map((netuid) => on(netuid, pay(START + day * DAY, "a", 1))),
    );
    const { tables, summary } = run(configuration({ record: { everyEpochs: 3 } }), [emission(...rows)]);
    const written = (table: readonly Row[]) => table.map((row) => `${row.position}:${row.epoch}`);
    expect(written(tables.holdings)).toEqual(["0:3", "1:3", "2:3", "0:4", "2:4", "1:5"]);
    expect(written(tables.rewards)).toEqual(written(tables.holdings));
    expect(summary.rows).toMatchObject({ holdings: 6, weights: 6, rewards: 6, coldkeys: 6 });
  });

  it("hands over what is settled while later rows are provisional", () => {
    const miners = Array.from({ length: 400 }, (_, i) => `m${i}`);
    const rows = Array.from({ length: 301 }, (_, epoch) => miners.map((miner) => pay(START + epoch * DAY, miner, 1))).flat();
    const { tables, summary } = run(configuration({ record: { tables: ["holdings"], everyEpochs: 2 } }), [
      { kind: "emission", rows, chunk: 1_000 },
    ]);
    expect(summary.rows.holdings).toBe(400 * 151);
    expect(tables.holdings.map((row) => row.epoch)).toEqual(
      Array.from({ length: 151 }, (_, i) => Array<number>(400).fill(Math.min(2 * i + 2, 301))).flat(),
    );
  });
});
