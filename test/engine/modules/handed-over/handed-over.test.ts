import { describe, expect, it } from "vitest";
import type { MinerAgent } from "../../../../engine/agents/miners/index.js";
import { defaultMinerStrategy } from "../../../../engine/index.js";
import { named, withStrategies } from "../../agents/miners/with-strategies.js";
import { otherWarnings } from "../../in-memory.js";
import {
  act,
  at,
  balances,
  figures,
  HOUR,
  handed,
  handedRun,
  hourlyPay,
  hourlyPrices,
  position,
  stakes,
  TOKEN,
} from "./small-recording.js";

const HOURS = 24;
const PAY = hourlyPay(HOURS, { a: () => 2 * TOKEN, b: () => 3 * TOKEN });
const PRICES = hourlyPrices(() => 0.5, HOURS);

describe("what a handed-over position was recorded to do of its own accord", () => {
  const rows = [
    act(2, "added", "a", 100 * TOKEN),
    act(12, "added", "a", 7 * TOKEN),
    act(13, "removed", "a", 40 * TOKEN),
    act(14, "burned", "a", TOKEN),
    act(15, "unexplained", "a", TOKEN),
    act(16, "opened", "a", 2 * TOKEN),
  ];

  it("is passed over, counted and valued, and neither booked nor written down", () => {
    const result = handedRun([handed("a", 10, "hold")], [PAY, stakes(rows), PRICES], HOURS);
    expect(position(result, "a").stake_rao).toBe((100 + 2 * HOURS) * TOKEN);
    const { asRecorded } = figures(result, "a");
    expect(asRecorded).toMatchObject({
      acts: 5,
      cameRao: String(9 * TOKEN),
      leftRao: String(42 * TOKEN),
      spentRao: String(4.5 * TOKEN),
      proceedsRao: String(21 * TOKEN),
      stakeEndRao: String((100 + 2 * HOURS - 33) * TOKEN),
    });
    expect(result.tables.unexplained ?? []).toEqual([]);
    expect(result.tables.flows.filter(({ time_ms, flow }) => Number(time_ms) > at(10) && flow !== "emission")).toEqual([]);
    expect(otherWarnings(result.summary.warnings)).toEqual([]);
  });

  it("more than its recorded twin holds is not reported, under any on_invalid", () => {
    const greedy = [act(12, "removed", "a", 10_000 * TOKEN)];
    const left = (["record", "clamp", "stop"] as const).map((onInvalid) => {
      const result = handedRun([handed("a", 10, "hold")], [PAY, stakes(greedy), PRICES], HOURS, { ledger: { onInvalid } });
      expect(result.tables.rejections ?? []).toEqual([]);
      expect(result.summary.rejections).toEqual({ more_than_held: 0, nothing_held: 0, shortfall: 0 });
      return figures(result, "a").asRecorded.leftRao;
    });
    expect(left).toEqual(["0", String(24 * TOKEN), String(24 * TOKEN)]);
  });

  it("at the very instant of the hand-over is passed over, and what came before is not", () => {
    const result = handedRun(
      [handed("a", 10, "hold")],
      [PAY, stakes([act(9, "removed", "a", TOKEN), act(10, "removed", "a", 4 * TOKEN)]), PRICES],
      HOURS,
    );
    expect(figures(result, "a").asRecorded).toMatchObject({ acts: 1, leftRao: String(4 * TOKEN) });
    expect(position(result, "a").stake_rao).toBe((2 * HOURS - 1) * TOKEN);
  });

  it("has no worth without a price, and the summary says so", () => {
    const late = { ...PRICES, rows: PRICES.rows.filter(({ time_ms }) => Number(time_ms) > at(13)) };
    const result = handedRun([handed("a", 10, "hold")], [PAY, stakes(rows), late], HOURS);
    expect(figures(result, "a").asRecorded.unpricedRao).toBe(String(47 * TOKEN));
    expect(otherWarnings(result.summary.warnings)).toEqual([
      expect.stringMatching(/^118 alpha that a held when it was handed over had no price then/),
      expect.stringMatching(/^47 alpha that a was recorded to add or take out/),
    ]);
  });
});

describe("snapshots of a handed-over position", () => {
  const streams = [
    PAY,
    stakes([act(2, "added", "a", 100 * TOKEN), act(12, "removed", "a", 60 * TOKEN)]),
    PRICES,
    // What the recording has it hold, and 3 alpha less.
    balances([
      { hours: 14, miner: "a", rao: (100 - 60 + 28) * TOKEN },
      { hours: 20, miner: "a", rao: (100 - 60 + 40 - 3) * TOKEN },
    ]),
  ];

  it("are compared with what the recording has, not with what it holds now", () => {
    const plain = handedRun([], streams, HOURS).summary.warnings;
    const result = handedRun([handed("a", 10, "sell_all")], streams, HOURS);
    expect(otherWarnings(plain)).toEqual([expect.stringMatching(/^1 of 2 recorded balances differ/)]);
    expect(result.summary.warnings).toEqual(plain);
    expect(position(result, "a").stake_rao).toBe(0);
  });

  it.each([
    ["update", 37],
    ["force", 37],
  ] as const)("move nothing under snapshots: %s", (snapshots, recorded) => {
    const result = handedRun([handed("a", 10, "hold")], streams, HOURS, { snapshots });
    expect(position(result, "a").stake_rao).toBe((100 + 2 * HOURS) * TOKEN);
    // From the second snapshot on four epochs paid 8 alpha.
    expect(figures(result, "a").asRecorded.stakeEndRao).toBe(String((recorded + 40 + 8) * TOKEN));
    expect((result.tables.unexplained ?? []).filter(({ time_ms }) => Number(time_ms) > at(10))).toEqual([]);
  });
});

describe("stake that goes from one position to another", () => {
  const opening = ["a", "b"].map((miner) => act(1, "added", miner, 100 * TOKEN));
  const sent = (hours: number, from: string, to: string, tokens: number) =>
    act(hours, "transferred", from, tokens * TOKEN, { to_hotkey: to, to_coldkey: `${to}-owner` });

  it("arrives where another sends it, and reaches another where it is recorded to", () => {
    const result = handedRun(
      [handed("a", 10, "hold")],
      [PAY, stakes([...opening, sent(12, "b", "a", 20), sent(14, "a", "b", 50)]), PRICES],
      HOURS,
    );
    expect(position(result, "a").stake_rao).toBe((100 + 2 * HOURS + 20) * TOKEN);
    expect(position(result, "b").stake_rao).toBe((100 + 3 * HOURS - 20 + 50) * TOKEN);
    expect(figures(result, "a")).toMatchObject({
      receivedRao: String(20 * TOKEN),
      asRecorded: { leftRao: String(50 * TOKEN), arrivedElsewhereRao: String(50 * TOKEN), cameRao: "0" },
    });
    expect(otherWarnings(result.summary.warnings)).toEqual([expect.stringMatching(/^50 alpha that a was recorded to send to others/)]);
  });

  it("does not go at all between positions that are both handed over", () => {
    const result = handedRun(
      [handed("a", 10, "hold"), handed("b", 10, "hold")],
      [PAY, stakes([...opening, sent(12, "a", "b", 50)]), PRICES],
      HOURS,
    );
    expect(["a", "b"].map((miner) => position(result, miner).stake_rao)).toEqual([(100 + 2 * HOURS) * TOKEN, (100 + 3 * HOURS) * TOKEN]);
    expect(figures(result, "b").asRecorded).toMatchObject({ cameRao: String(50 * TOKEN), spentRao: String(25 * TOKEN) });
    expect(otherWarnings(result.summary.warnings)).toEqual([]);
  });

  it("is slashed as far as there is so much", () => {
    const result = handedRun(
      [handed("a", 10, "sell_all")],
      [PAY, stakes([...opening, act(15, "slashed", "a", 30 * TOKEN)]), PRICES],
      HOURS,
    );
    const { asRecorded, soldRao, receivedRao } = figures(result, "a");
    // It decides after the extrinsics of the instant: the pay of that epoch is there.
    expect([soldRao, receivedRao]).toEqual([String((100 + 2 * HOURS - 2) * TOKEN), String(-2 * TOKEN)]);
    expect(asRecorded).toMatchObject({ acts: 0, stakeEndRao: String((100 + 2 * HOURS - 30) * TOKEN) });
    expect(result.tables.rejections ?? []).toEqual([]);
  });
});

describe("a recorded swap of keys", () => {
  it("is followed: pay goes on under the new hotkey, and so do decisions", () => {
    const pay = hourlyPay(HOURS, { a: (hour) => (hour <= 12 ? 2 * TOKEN : 0), z: (hour) => (hour <= 12 ? 0 : 2 * TOKEN) });
    const streams = [
      { ...pay, rows: pay.rows.map((row) => ({ ...row, coldkey: "a-owner" })) },
      stakes([act(2, "added", "a", 100 * TOKEN), act(12, "hotkey_swapped", "a", 0, { to_hotkey: "z" })]),
      PRICES,
    ];
    const result = handedRun([handed("a", 10, "sell_all")], streams, HOURS);
    const found = figures(result, "a");
    expect(found).toMatchObject({ hotkeys: ["z"], soldRao: String((100 + 2 * HOURS) * TOKEN), stakeEndRao: "0" });
    expect(found.paidRao).toBe(String(2 * (HOURS - 9) * TOKEN));
    expect(found.asRecorded.stakeEndRao).toBe(String((100 + 2 * HOURS) * TOKEN));
  });

  it("that makes one of two who were handed over is refused", () => {
    const streams = [PAY, stakes([act(12, "hotkey_swapped", "a", 0, { coldkey: "o", to_hotkey: "b" })]), PRICES];
    const owned = streams.map((stream) => ({
      ...stream,
      rows: stream.rows.map((row) => ("hotkey" in row ? { ...row, coldkey: "o" } : row)),
    }));
    expect(() => handedRun([handed("a", 10, "hold"), handed("b", 10, "hold")], owned, HOURS)).toThrow(
      expect.objectContaining({ code: "TEN-LOOP-128" }),
    );
  });
});

describe("who decides for a recorded position", () => {
  const decide = (work: MinerAgent["decide"], check: (result: ReturnType<typeof handedRun>) => void, more = {}) =>
    withStrategies({ mine: () => ({ decide: work }) }, () =>
      check(handedRun([handed("a", 10, named("mine"), more)], [PAY, PRICES], HOURS, { epochs: "emission" })),
    );

  it("is refused a registration, a seat and another share of the work, which is written down", () => {
    decide(
      (seen, orders) => {
        if (seen.epoch !== 12) return;
        orders.register();
        orders.assign(0, 0.5);
        orders.takeOver(1, 0);
      },
      ({ tables, summary }) => {
        expect(tables.agent_orders.map(({ kind, refusal }) => [kind, refusal])).toEqual([
          ["register", "not_for_sale"],
          ["assign", "not_for_sale"],
          ["take_over", "not_for_sale"],
        ]);
        expect(summary.handedOver?.miners[0]).toMatchObject({ orders: 3, ordersDone: 0 });
      },
    );
  });

  it("sees its key, the others' seats and the price, and decides at the end of each epoch from the hand-over on", () => {
    const times: number[] = [];
    decide(
      (seen) => {
        times.push(seen.timeMs);
        expect(seen.keys.map(({ uid, paidRao, stakeRao }) => [uid, paidRao, stakeRao])).toEqual([[0, 2 * TOKEN, 2 * seen.epoch * TOKEN]]);
        expect(seen.others().map(({ uid, stakeRao, isForSale }) => [uid, stakeRao, isForSale])).toEqual([
          [1, 3 * seen.epoch * TOKEN, false],
        ]);
        expect([seen.priceTaoPerAlpha, seen.poolTaoRao, seen.taoRao]).toEqual([0.5, 0, 9 * TOKEN]);
        expect([seen.isClose, seen.lastCloseMs, seen.nextCloseMs]).toEqual([true, seen.timeMs, seen.timeMs + HOUR]);
      },
      ({ summary }) => expect(summary.handedOver?.decisions).toBe(15),
      { taoRao: 9 * TOKEN },
    );
    expect(times).toEqual(Array.from({ length: 15 }, (_, i) => at(10 + i)));
  });

  it("buys with the TAO that is there and no more, and moves between its own keys with the history", () => {
    const owned = (stream: typeof PAY) => ({ ...stream, rows: stream.rows.map((row) => ({ ...row, coldkey: "o" })) });
    const mover: MinerAgent = {
      decide(seen, orders) {
        if (seen.epoch === 12) orders.move(0, 1, seen.keys[0].stakeRao);
        if (seen.epoch === 13) {
          orders.buy(0, 4 * TOKEN);
          orders.buy(0, 4 * TOKEN);
        }
      },
    };
    withStrategies({ mine: () => mover }, () => {
      const result = handedRun([handed("a", 10, named("mine"), { hotkeys: ["a", "b"], taoRao: 6 * TOKEN })], [owned(PAY), PRICES], HOURS);
      expect(result.tables.agent_orders.map(({ kind, refusal }) => `${kind} ${refusal}`)).toEqual([
        "move none",
        "buy none",
        "buy funds_short",
      ]);
      expect(["a", "b"].map((hotkey) => position(result, hotkey, "o").stake_rao)).toEqual([
        (2 * (HOURS - 12) + 8) * TOKEN,
        (3 * HOURS + 2 * 12) * TOKEN,
      ]);
      expect(figures(result, "a")).toMatchObject({ boughtRao: String(8 * TOKEN), taoEndRao: String(2 * TOKEN), receivedRao: "0" });
    });
  });

  it("may ask for a time in between", () => {
    const times: number[] = [];
    decide(
      (seen, orders) => {
        times.push(seen.timeMs - at(10));
        if (seen.isClose && seen.epoch === 11) orders.wakeAt(seen.timeMs + HOUR / 4);
        if (!seen.isClose) orders.sell(0, TOKEN);
      },
      ({ tables }) => expect(tables.agent_orders.map(({ time_ms }) => time_ms)).toEqual([at(11) + HOUR / 4]),
    );
    expect(times.slice(0, 4)).toEqual([0, HOUR, 1.25 * HOUR, 2 * HOUR]);
  });

  it("sells nothing without a price, and everything at the price of the instant with one", () => {
    const late = { ...PRICES, rows: PRICES.rows.filter(({ time_ms }) => Number(time_ms) >= at(15)) };
    const always: MinerAgent = { decide: (seen, orders) => orders.sell(0, seen.stakeRao) };
    withStrategies({ mine: () => always }, () => {
      const { tables } = handedRun([handed("a", 10, named("mine"))], [PAY, late], HOURS);
      const refusals = tables.agent_orders.map(({ refusal }) => refusal);
      expect(refusals).toEqual([...Array<string>(5).fill("no_price"), ...Array<string>(10).fill("none")]);
      expect(tables.agent_orders[5]).toMatchObject({ alpha_rao: 30 * TOKEN, tao_rao: 15 * TOKEN });
    });
  });

  it("that throws ends the run with its name", () => {
    decide(
      () => undefined,
      () => undefined,
    );
    withStrategies({ mine: () => ({ decide: (_, orders) => orders.sell(3, TOKEN) }) }, () =>
      expect(() => handedRun([handed("a", 10, named("mine"))], [PAY, PRICES], HOURS)).toThrow(/Agent a \(mine\), epoch 10/),
    );
  });
});

describe("what reacts", () => {
  const rows = [act(1, "added", "a", 10 * TOKEN)];
  const of = (mode: "replay" | "redistribute", strategy: "hold" | "sell_all") =>
    handedRun([handed("a", 10, strategy)], [PAY, stakes(rows), PRICES], HOURS, {
      emission: { mode },
      vesting: { retentionWindowDays: 0.25, maxMultiplier: 2 },
    });

  it("is its multiplier alone where pay is replayed", () => {
    const [held, sold] = (["hold", "sell_all"] as const).map((strategy) => of("replay", strategy));
    expect([figures(held, "a").paidRao, figures(sold, "a").paidRao]).toEqual([String(30 * TOKEN), String(30 * TOKEN)]);
    expect(figures(held, "a").multiplierPaid).toBeGreaterThan(figures(sold, "a").multiplierPaid);
    expect(position(held, "b")).toEqual(position(sold, "b"));
  });

  it("is everybody's pay where the rule shares it", () => {
    const [held, sold] = (["hold", "sell_all"] as const).map((strategy) => of("redistribute", strategy));
    expect(Number(figures(sold, "a").paidRao)).toBeLessThan(Number(figures(held, "a").paidRao));
    expect(Number(position(sold, "b").paid_rao)).toBeGreaterThan(Number(position(held, "b").paid_rao));
    // What the recording paid is the same whatever the rule does.
    expect(figures(sold, "a").asRecorded.paidRao).toBe(figures(held, "a").asRecorded.paidRao);
  });
});

describe("a scenario that cannot be meant", () => {
  const sell = defaultMinerStrategy("sell_all");
  it.each([
    ["a hotkey that no stream tells of", [handed("nobody", 10, "hold")], "TEN-LOOP-126"],
    ["a hotkey on another subnet", [handed("a", 10, "hold", { netuid: 2 })], "TEN-LOOP-126"],
    ["a coldkey that has no position there", [handed("a", 10, "hold", { coldkey: "b-owner" })], "TEN-LOOP-126"],
    ["a hand-over before the start", [handed("a", -1, "hold")], "TEN-LOOP-123"],
    ["a hand-over after the end", [handed("a", HOURS + 1, "hold")], "TEN-LOOP-123"],
    ["the same position twice", [handed("a", 10, "hold"), handed("a", 11, "hold", { name: "other" })], "TEN-LOOP-125"],
    ["a hotkey twice in one entry", [handed("a", 10, "hold", { hotkeys: ["a", "a"] })], "TEN-LOOP-125"],
    ["two of one name", [handed("a", 10, "hold"), handed("b", 10, "hold", { name: "a" })], "TEN-LOOP-125"],
    ["hotkeys of several owners", [handed("a", 10, "hold", { hotkeys: ["a", "b"] })], "TEN-LOOP-127"],
    ["a strategy that registers", [handed("a", 10, defaultMinerStrategy("rotate"))], "TEN-LOOP-124"],
    ["a strategy that takes over seats", [handed("a", 10, defaultMinerStrategy("uid_inheritance"))], "TEN-LOOP-124"],
    ["a strategy of more hotkeys", [handed("a", 10, defaultMinerStrategy("sybil_split"))], "TEN-LOOP-124"],
    ["TAO that is no amount", [handed("a", 10, sell, { taoRao: 0.5 })], "TEN-LOOP-121"],
    ["no hotkey", [handed("a", 10, sell, { hotkeys: [] })], "TEN-LOOP-121"],
  ] as const)("%s", (_, handedOver, code) => {
    expect(() => handedRun(handedOver, [PAY, PRICES], HOURS)).toThrow(expect.objectContaining({ code }));
  });

  it("a hand-over after the last row of a run without an end", () => {
    expect(() => handedRun([handed("a", HOURS + 5, "hold")], [PAY, PRICES], HOURS, { endMs: null })).toThrow(
      expect.objectContaining({ code: "TEN-LOOP-123" }),
    );
  });

  it("schedules, under which pay is not there yet", () => {
    const schedules = { durationMs: 10 * HOUR, intervalMs: HOUR, minVestingAmountRao: 0 };
    expect(() => handedRun([handed("a", 10, "hold")], [PAY, PRICES], HOURS, { schedules })).toThrow(
      expect.objectContaining({ code: "TEN-LOOP-122" }),
    );
  });

  it("a hotkey with several positions, none of which owns its seat; with one that does it is that one", () => {
    const delegated = stakes([
      act(1, "added", "a", 5 * TOKEN, { coldkey: "d" }),
      act(1, "added", "v", 5 * TOKEN),
      act(2, "added", "v", TOKEN, { coldkey: "d" }),
    ]);
    const streams = [PAY, delegated, PRICES];
    expect(figures(handedRun([handed("a", 10, "hold")], streams, HOURS), "a").coldkey).toBe("a-owner");
    expect(() => handedRun([handed("v", 10, "hold")], streams, HOURS)).toThrow(expect.objectContaining({ code: "TEN-LOOP-127" }));
    expect(figures(handedRun([handed("v", 10, "hold", { coldkey: "d" })], streams, HOURS), "v").coldkey).toBe("d");
  });
});
