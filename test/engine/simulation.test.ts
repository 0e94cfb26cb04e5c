import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../engine/index.js";
import { cases } from "../cases.js";
import { configuration, DAY, type MemoryStream, pay, type Row, run, START, stake } from "./in-memory.js";

const T = 1_000_000_000;

function emission(...rows: Row[]): MemoryStream {
  return { kind: "emission", rows };
}
function stakes(...rows: Row[]): MemoryStream {
  return { kind: "stake", rows };
}

describe("replay", () => {
  it("measures before it books, so nobody's own pay of the instant counts", () => {
    const { tables } = run(configuration({}), [emission(pay(START + DAY, "a", T), pay(START + 31 * DAY, "a", T))]);
    expect(tables.holdings.map((row) => [row.epoch, row.received_rao, row.held_share, row.held_days, row.multiplier])).toEqual([
      [1, 0, 0, 0, 1],
      [2, T, 1, 30, 1.5],
    ]);
  });

  it("lets a withdrawal in the block of an emission take what was just paid", () => {
    const { tables, summary } = run(configuration({}), [
      emission(pay(START + DAY, "a", T)),
      stakes(stake(START + DAY, "removed", "a", T, { block: 7, extrinsic: 2, event: 4 })),
    ]);
    expect(summary.rejections).toEqual({ more_than_held: 0, nothing_held: 0, shortfall: 0 });
    expect(tables.exits).toEqual([{ time_ms: START + DAY, position: 0, tranche: 0, amount_rao: T, reason: "withdraw", emptied: 1 }]);
    expect(summary.remainingRao).toBe("0");
  });

  it("halves the share of who sold half, newest first", () => {
    const { tables } = run(configuration({}), [
      emission(pay(START + DAY, "a", T), pay(START + 2 * DAY, "a", T), pay(START + 5 * DAY, "a", T)),
      stakes(stake(START + 3 * DAY, "removed", "a", T)),
    ]);
    const last = tables.holdings.at(-1);
    expect(last).toMatchObject({ received_rao: 2 * T, remaining_rao: T, held_share: 0.5, held_days: 4 });
  });

  it("keeps the sums of flows equal to what remains", () => {
    const { summary } = run(configuration({}), [
      emission(pay(START + DAY, "a", 5 * T), pay(START + DAY, "b", 7)),
      stakes(
        stake(START + 2 * DAY, "added", "b", 11),
        stake(START + 3 * DAY, "removed", "a", 2 * T),
        stake(START + 4 * DAY, "removed", "b", 100),
      ),
    ]);
    expect(BigInt(summary.inflowRao) + BigInt(summary.emissionRao) - BigInt(summary.outflowRao)).toBe(BigInt(summary.remainingRao));
    expect(summary.rejections.more_than_held).toBe(1);
  });

  it("takes streams of many chunks as one", () => {
    const rows = Array.from({ length: 40 }, (_, i) => pay(START + (1 + Math.floor(i / 4)) * DAY, `m${i % 4}`, T + i));
    const whole = run(configuration({}), [{ kind: "emission", rows }]);
    const pieces = run(configuration({}), [{ kind: "emission", rows, chunk: 3 }]);
    expect(pieces.tables).toEqual(whole.tables);
  });
});

describe("redistribute", () => {
  const redistribute = { mode: "redistribute" } as const;

  it("pays who holds more and who sells less, the pot staying the same", () => {
    const { tables, summary } = run(configuration({ emission: redistribute }), [
      emission(
        pay(START + DAY, "holder", T),
        pay(START + DAY, "seller", T),
        pay(START + 31 * DAY, "holder", T),
        pay(START + 31 * DAY, "seller", T),
      ),
      stakes(stake(START + 2 * DAY, "removed", "seller", T)),
    ]);
    const last = tables.rewards.filter((row) => row.epoch === 2);
    expect(last.map((row) => row.paid_rao)).toEqual([1_200_000_000, 800_000_000]);
    expect(last.map((row) => row.recorded_rao)).toEqual([T, T]);
    expect(summary.emissionRao).toBe(String(4 * T));
  });

  it("makes who sold everything sell everything of the other amount, too", () => {
    const { summary, tables } = run(configuration({ emission: redistribute }), [
      emission(pay(START + DAY, "a", T), pay(START + DAY, "b", 3 * T), pay(START + 20 * DAY, "a", T), pay(START + 20 * DAY, "b", T)),
      stakes(
        stake(START + 2 * DAY, "removed", "b", 2 * T),
        stake(START + 21 * DAY, "removed", "a", 2 * T),
        stake(START + 21 * DAY, "removed", "b", 2 * T),
      ),
    ]);
    expect(summary.remainingRao).toBe("0");
    expect(tables.rewards.filter((row) => row.epoch === 2).map((row) => row.paid_rao)).not.toEqual([T, T]);
  });

  it("with max_multiplier 1 equals replay row for row, whatever the events", () => {
    const event = fc.record({
      day: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom("pay", "added", "removed", "moved", "transferred", "slashed"),
      miner: fc.integer({ min: 0, max: 3 }),
      other: fc.integer({ min: 0, max: 3 }),
      amount: fc.integer({ min: 1, max: 5 * T }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 60 }),
        fc.constantFrom("same_tranches", "proportional", "absolute"),
        fc.constantFrom("filo", "fifo", "pro_rata", "manual_first", "emission_first"),
        fc.constantFrom("emissions", "all_stake"),
        (events, withdrawals, withdrawalOrder, retentionBasis) => {
          const sorted = [...events].sort((a, b) => a.day - b.day);
          const pays = sorted.filter((e) => e.kind === "pay").map((e) => pay(START + e.day * DAY, `m${e.miner}`, e.amount));
          const others = sorted
            .filter((e) => e.kind !== "pay")
            .map((e, i) =>
              stake(START + e.day * DAY, e.kind, `m${e.miner}`, e.amount, {
                extrinsic: i,
                event: i,
                ...(e.kind === "moved" ? { to_hotkey: `m${e.other}` } : {}),
                ...(e.kind === "transferred" ? { to_coldkey: `m${e.other}-owner` } : {}),
              }),
            );
          const streams: MemoryStream[] = [emission(...pays), stakes(...others)];
          const of = (mode: "replay" | "redistribute") =>
            run(
              configuration({
                emission: { mode, withdrawals } as never,
                ledger: { withdrawalOrder } as never,
                vesting: { maxMultiplier: 1, retentionBasis } as never,
              }),
              streams,
            );
          expect(of("redistribute")).toEqual(of("replay"));
        },
      ),
      { numRuns: cases(50, 150) },
    );
  });

  it("a few rao too many in a sale of everything change nobody's pay, under every on_invalid", () => {
    const paid = (soldRao: number, onInvalid: "record" | "clamp" | "stop") =>
      run(configuration({ emission: redistribute, ledger: { onInvalid } }), [
        emission(pay(START + DAY, "a", T), pay(START + DAY, "b", T), pay(START + 31 * DAY, "a", T), pay(START + 31 * DAY, "b", T)),
        stakes(stake(START + 2 * DAY, "removed", "b", soldRao)),
      ]);
    const exact = paid(T, "clamp");
    expect(exact.tables.rewards.filter((row) => row.epoch === 2).map((row) => row.paid_rao)).toEqual([1_200_000_000, 800_000_000]);
    for (const onInvalid of ["record", "clamp", "stop"] as const) {
      for (const soldRao of [T + 1, T + 10]) {
        const { tables, summary } = paid(soldRao, onInvalid);
        expect([tables.rewards, tables.exits]).toEqual([exact.tables.rewards, exact.tables.exits]);
        expect([summary.rejections, summary.roundingRao]).toEqual([exact.summary.rejections, String(soldRao - T)]);
        expect(tables.unexplained).toMatchObject([{ kind: "rounding", position: 1, amount_rao: soldRao - T }]);
      }
    }
    expect(paid(T + 11, "clamp").summary.rejections).toMatchObject({ shortfall: 1 });
    expect(paid(T + 11, "record").tables.exits).toBeUndefined();
  });

  it("leaves validators and owners what they were paid", () => {
    const { tables } = run(configuration({ emission: redistribute }), [
      emission(
        pay(START + DAY, "a", T),
        pay(START + DAY, "b", T),
        pay(START + DAY, "v", 5 * T, { role: "validator" }),
        pay(START + 31 * DAY, "a", T),
        pay(START + 31 * DAY, "b", T),
        pay(START + 31 * DAY, "v", 5 * T, { role: "validator" }),
      ),
      stakes(stake(START + 2 * DAY, "removed", "b", T)),
    ]);
    const last = tables.rewards.filter((row) => row.epoch === 2);
    expect(last.map((row) => [row.role, row.paid_rao])).toEqual([
      ["miner", 1_200_000_000],
      ["miner", 800_000_000],
      ["validator", 5 * T],
    ]);
  });

  it("refuses part of a subnet without `outside`, and carries the rest with it", () => {
    const rows = [pay(START + DAY, "a", T), pay(START + 31 * DAY, "a", T)];
    const partial: MemoryStream = { kind: "emission", rows, coverage: "partial" };
    expect(() => run(configuration({ emission: redistribute }), [partial])).toThrow(TenureError);
    // What the way out assumes is said where it is recommended.
    expect(() => run(configuration({ emission: redistribute }), [partial])).toThrow(/outside: true.*keep a multiplier of 1/s);
    const { tables } = run(configuration({ emission: { mode: "redistribute", outside: { minerPotRaoPerBlock: 10_000_000 } } as never }), [
      partial,
    ]);
    const last = tables.epochs.at(-1);
    // 30 days are 216,000 blocks of 0.01 alpha: 2,160 alpha, of which 1 was recorded.
    expect(Number(last?.paid_rao) + Number(last?.outside_rao)).toBe(2_160 * T);
    expect(last?.paid_rao).toBe(Math.round((2_160 * T * 1.5) / (1.5 + 2_159)));
  });

  it("divides the multiplier of `recorded_rule` out of the recording", () => {
    const rule = configuration({}).vesting;
    const streams: MemoryStream[] = [
      emission(
        pay(START + DAY, "a", T),
        pay(START + DAY, "b", T),
        pay(START + 31 * DAY, "a", 1_500_000_000),
        pay(START + 31 * DAY, "b", T),
      ),
      stakes(stake(START + 2 * DAY, "removed", "b", T)),
    ];
    const { tables } = run(
      configuration({ emission: { mode: "redistribute", recordedRule: rule } as never, vesting: { mode: "off" } as never }),
      streams,
    );
    expect(tables.rewards.filter((row) => row.epoch === 2).map((row) => row.paid_rao)).toEqual([1_250_000_000, 1_250_000_000]);
  });
});

describe("modes and minima", () => {
  const streams: MemoryStream[] = [
    emission(pay(START + DAY, "a", T), pay(START + DAY, "b", T), pay(START + 31 * DAY, "a", T), pay(START + 31 * DAY, "b", T)),
    stakes(stake(START + 2 * DAY, "removed", "b", T)),
  ];

  it("shadow records what would be, and changes nothing", () => {
    const { tables } = run(configuration({ emission: { mode: "redistribute" } as never, vesting: { mode: "shadow" } as never }), streams);
    const last = tables.weights.filter((row) => row.epoch === 2);
    expect(last.map((row) => [row.multiplier, row.shadow_multiplier, row.weight_gain])).toEqual([
      [1, 1.5, 1],
      [1, 1, 1],
    ]);
    expect(tables.rewards.map((row) => row.paid_rao)).toEqual([T, T, T, T]);
  });

  it("below_minimum: zero cuts who holds too little, all going to the rest", () => {
    const { tables } = run(
      configuration({
        emission: { mode: "redistribute" } as never,
        vesting: { minimumStakeRao: 300_000_000, belowMinimum: "zero" } as never,
      }),
      [streams[0], stakes(stake(START + 2 * DAY, "added", "a", 300_000_000), stake(START + 2 * DAY, "added", "b", 299_999_999))],
    );
    expect(tables.rewards.filter((row) => row.epoch === 2).map((row) => row.paid_rao)).toEqual([2 * T, 0]);
    // In the first epoch nobody holds enough, so nobody can be paid.
    expect(tables.epochs[0]).toMatchObject({ unallocated_rao: 2 * T, paid_rao: 0 });
  });

  it("earns nothing for what entered before vesting.start", () => {
    const { tables } = run(configuration({ vesting: { startMs: START + 10 * DAY } as never }), streams);
    expect(tables.holdings.map((row) => row.multiplier)).toEqual([1, 1, 1, 1]);
    expect(tables.holdings.at(-1)?.received_rao).toBe(0);
  });

  it("takes a minimum in TAO at the latest price", () => {
    const price = (timeMs: number, value: number): Row => ({ time_ms: timeMs, netuid: 1, price_tao_per_alpha: value });
    const of = (value: number) =>
      run(configuration({ vesting: { minimumStakeRao: 300_000_000, minimumStakeUnit: "tao" } as never }), [
        { kind: "price", rows: [price(START, 0.01), price(START + 30 * DAY, value)] },
        ...streams,
      ]).tables.holdings.find((row) => row.epoch === 2 && row.position === 0)?.multiplier;
    expect(of(0.2)).toBe(1);
    expect(of(0.3)).toBe(1.5);
  });

  it("epochs: tempo ends epochs by the clock and pays the pot of each at its end", () => {
    const { tables } = run(configuration({ epochs: "tempo", endMs: START + 3 * 4_320_000, emission: { mode: "redistribute" } as never }), [
      emission(pay(START + 1_000, "a", 600), pay(START + 2_000, "a", 400), pay(START + 2_000, "b", 1_000), pay(START + 4_320_001, "b", 5)),
    ]);
    expect(tables.epochs.map((row) => [row.epoch, row.start_ms, row.end_ms, row.paid_rao])).toEqual([
      [1, START, START + 4_320_000, 2_000],
      [2, START + 4_320_000, START + 8_640_000, 5],
      [3, START + 8_640_000, START + 12_960_000, 0],
    ]);
    expect(tables.tranches.map((row) => row.entry_ms)).toEqual([START + 4_320_000, START + 4_320_000, START + 8_640_000]);
  });
});

describe("flows", () => {
  const held = (tables: Readonly<Record<string, readonly Row[]>>) =>
    Object.fromEntries(tables.positions.map((row) => [`${row.hotkey}/${row.coldkey}`, row.stake_rao]));

  it("a move of one owner keeps age and share; to another owner it is a sale", () => {
    const { tables } = run(configuration({}), [
      emission(pay(START, "a", T), pay(START + 30 * DAY, "x", 1)),
      stakes(stake(START + 10 * DAY, "moved", "a", T / 4, { to_hotkey: "h2" })),
    ]);
    const last = tables.holdings.filter((row) => row.epoch === 2 && Number(row.stake_rao) > 0);
    expect(last.map((row) => [row.held_share, row.held_days, row.stake_rao])).toEqual([
      [1, 30, (3 * T) / 4],
      [1, 30, T / 4],
    ]);
    const sold = run(configuration({}), [
      emission(pay(START, "a", T), pay(START + 30 * DAY, "x", 1)),
      stakes(stake(START + 10 * DAY, "transferred", "a", T / 4, { to_coldkey: "c2" })),
    ]);
    expect(held(sold.tables)).toEqual({ "a/a-owner": (3 * T) / 4, "a/c2": T / 4, "x/x-owner": 1 });
    expect(sold.tables.exits).toHaveLength(1);
    expect(sold.tables.exits[0]).toMatchObject({ reason: "transfer", amount_rao: T / 4 });
  });

  it("owner groups make a transfer a move", () => {
    const { tables } = run(configuration({ ledger: { ownerGroups: [["a-owner", "c2"]] } as never }), [
      emission(pay(START, "a", T)),
      stakes(stake(START + DAY, "transferred", "a", T / 4, { to_coldkey: "c2" })),
    ]);
    expect(tables.exits).toBeUndefined();
    expect(tables.positions.find((row) => row.coldkey === "c2")).toMatchObject({ stake_rao: T / 4, earned_rao: T / 4 });
  });

  it("pair_moves joins a removal and an addition of one extrinsic", () => {
    const rows = [
      stake(START + DAY, "removed", "a", T / 4, { block: 5, extrinsic: 3, event: 1 }),
      { ...stake(START + DAY, "added", "h2", T / 4, { block: 5, extrinsic: 3, event: 2 }), coldkey: "a-owner" },
    ];
    const of = (pairMoves: boolean) =>
      run(configuration({ ledger: { pairMoves } as never }), [emission(pay(START, "a", T)), stakes(...rows)]).tables;
    expect(of(true).exits).toBeUndefined();
    expect(of(true).positions[1]).toMatchObject({ hotkey: "h2", earned_rao: T / 4 });
    expect(of(false).exits).toHaveLength(1);
    expect(of(false).positions[1]).toMatchObject({ hotkey: "h2", manual_rao: T / 4 });
  });

  it("a slash is no sale: received shrinks with remaining", () => {
    const { tables } = run(configuration({}), [
      emission(pay(START, "a", T), pay(START + 30 * DAY, "x", 1)),
      stakes(stake(START + 10 * DAY, "slashed", "a", T / 2)),
    ]);
    expect(tables.holdings.at(-2)).toMatchObject({ held_share: 1, received_rao: T / 2, multiplier: 1.5 });
  });

  it("a hotkey swap re-keys every position of the hotkey whole", () => {
    const { tables } = run(configuration({}), [
      emission(pay(START, "a", T), { ...pay(START, "a", 5), coldkey: "nominator" }),
      stakes({ ...stake(START + DAY, "hotkey_swapped", "a", 0), to_hotkey: "b" }),
    ]);
    expect(held(tables)).toEqual({ "a/a-owner": 0, "a/nominator": 0, "b/a-owner": T, "b/nominator": 5 });
  });

  it("a swap to another subnet needs the amount that arrives there", () => {
    const swap = (more: Row) =>
      run(configuration({}), [emission(pay(START, "a", T)), stakes({ ...stake(START + DAY, "swapped", "a", T, more), to_netuid: 2 })]);
    expect(() => swap({})).toThrow(/TEN-LEDGER-004/);
    expect(swap({ to_amount_rao: 77 }).tables.positions.map((row) => [row.netuid, row.stake_rao])).toEqual([
      [1, 0],
      [2, 77],
    ]);
  });

  it("on_invalid: stop names the event and the position", () => {
    expect(() =>
      run(configuration({ ledger: { onInvalid: "stop" } as never }), [
        emission(pay(START, "a", 5)),
        stakes(stake(START + DAY, "removed", "a", 16, { block: 77, extrinsic: 2, event: 9 })),
      ]),
    ).toThrow(/TEN-LEDGER-003: stream stake, row 1, block 77, extrinsic 2, event 9.*1\/a\/a-owner.*Found 16/);
  });

  it("refuses what no position can hold, and amounts that are not whole", () => {
    expect(() => run(configuration({}), [stakes(stake(START, "added", "a", 2 ** 53 - 1), stake(START + 1, "added", "a", 1))])).toThrow(
      /TEN-LEDGER-001/,
    );
    expect(() => run(configuration({}), [emission(pay(START, "a", 1.5))])).toThrow(/TEN-LEDGER-002/);
    expect(() => run(configuration({}), [emission(pay(START, "a", -1))])).toThrow(/TEN-LEDGER-002/);
  });

  it("refuses streams out of time order", () => {
    expect(() => run(configuration({}), [emission(pay(START + 5, "a", 1), pay(START, "a", 1))])).toThrow(
      /TEN-KERNEL-001: stream emission, row 2/,
    );
  });
});

describe("schedules", () => {
  it("pays an instalment of 0 rao, which becomes no tranche", () => {
    const schedules = { durationMs: 2 * DAY, intervalMs: DAY, minVestingAmountRao: 1 };
    const { tables, summary } = run(configuration({ endMs: START + 5 * DAY, schedules }), [emission(pay(START + DAY, "a", 1))]);
    expect(tables.payments.map((row) => [row.instalment, row.amount_rao, row.tranche])).toEqual([
      [1, 1, 0],
      [2, 0, -1],
    ]);
    expect(summary.remainingRao).toBe("1");
  });

  it("pays a reward in instalments that sum to it, the first at once", () => {
    const { tables, summary } = run(
      configuration({
        endMs: START + 40 * DAY,
        schedules: { durationMs: 30 * DAY, intervalMs: DAY, minVestingAmountRao: 100_000_000 } as never,
      }),
      [emission(pay(START + DAY, "a", T + 1), pay(START + DAY, "b", 99_999_999))],
    );
    expect(tables.payments).toHaveLength(30);
    expect(tables.payments.reduce((sum, row) => sum + Number(row.amount_rao), 0)).toBe(T + 1);
    expect(tables.payments[0]).toMatchObject({ instalment: 1, time_ms: START + DAY });
    expect(tables.payments.at(-1)).toMatchObject({ instalment: 30, time_ms: START + 30 * DAY });
    expect(tables.schedules).toMatchObject([{ status: "completed", paid: 30, paid_rao: T + 1 }]);
    expect(summary.remainingRao).toBe(String(T + 1 + 99_999_999));
  });
});

describe("recording", () => {
  it("writes every n-th epoch and always the last one", () => {
    const rows = Array.from({ length: 7 }, (_, i) => pay(START + (i + 1) * DAY, "a", T));
    const { tables } = run(configuration({ record: { everyEpochs: 3 } as never }), [emission(...rows)]);
    expect(tables.holdings.map((row) => row.epoch)).toEqual([3, 6, 7]);
    expect(tables.rewards.map((row) => row.epoch)).toEqual([3, 6, 7]);
    expect(tables.epochs).toHaveLength(7);
  });
});
