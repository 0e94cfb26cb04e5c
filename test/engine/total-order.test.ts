import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.js";
import { anyRun, outcome } from "./any-run.js";
import { configuration, DAY, type MemoryStream, otherWarnings, pay, type Row, run, START, stake } from "./in-memory.js";

const TEMPO = 360 * 12_000;
const end = (epoch: number): number => START + epoch * TEMPO;
const stream = (kind: MemoryStream["kind"], ...rows: Row[]): MemoryStream => ({ kind, rows });
/** Epochs 1 and 2 by the clock, and where the emission of the streams says so. */
const bothModes = ["tempo", "emission"] as const;

describe("the total order", () => {
  it("is one for epochs that end by the clock and by emission: equal ends, equal tables", () => {
    const tempoMs = 36_000 * 12_000;
    fc.assert(
      fc.property(anyRun, fc.array(fc.tuple(fc.nat(4), fc.nat(9_000)), { minLength: 1, maxLength: 6 }), ({ config, streams }, miners) => {
        const epochs = Array.from({ length: 19 }, (_, k) => START + (k + 1) * tempoMs);
        const rows = epochs.flatMap((timeMs, k) =>
          [1, 2].flatMap((netuid) =>
            miners.map(([miner, amount], i) => ({
              time_ms: timeMs,
              block: 1_000 + k,
              netuid,
              hotkey: `h${miner}`,
              coldkey: `c${miner >> 1}`,
              amount_rao: 1_000 + amount * (k + 1),
              ...(i === 4 ? { role: "validator" } : {}),
            })),
          ),
        );
        const all = streams.map((one) => (one.kind === "emission" ? { ...one, rows } : one));
        const [clock, emission] = (["tempo", "emission"] as const).map((mode) =>
          outcome({ config: { ...config, epochs: mode }, streams: all }),
        );
        expect(clock).toEqual(emission);
        if (typeof clock !== "string") expect(clock.tables.epochs.filter(({ netuid }) => netuid === 1)).toHaveLength(19);
      }),
      { numRuns: cases(20, 60) },
    );
  });

  it("gives emission at the end of an epoch to that epoch, booked after it was measured", () => {
    const streams = [
      stream("emission", pay(end(1), "a", 70, { block: 360 }), pay(end(2), "a", 30, { block: 720 })),
      stream("stake", stake(START + 5, "added", "a", 1_000), stake(end(1), "removed", "a", 1_050)),
    ];
    for (const epochs of bothModes) {
      const { tables } = run(configuration({ epochs, endMs: end(2), audit: true }), streams);
      expect(tables.epochs.map((row) => [row.end_ms, row.recorded_rao, row.paid_rao])).toEqual([
        [end(1), 70, 70],
        [end(2), 30, 30],
      ]);
      // What the block's extrinsics did shows in the next epoch, and they reached what the block had paid.
      expect(tables.holdings.map((row) => row.stake_rao)).toEqual([1_000, 20]);
      expect(tables.tranches.filter(({ source }) => source === "emission").map((row) => row.block)).toEqual([360, 720]);
    }
  });

  it("lets a weight that is stamped exactly at the end of an epoch count from the next one", () => {
    const weight = (timeMs: number, hotkey: string, value: number): Row => ({
      time_ms: timeMs,
      netuid: 1,
      hotkey,
      coldkey: `${hotkey}-owner`,
      weight: value,
    });
    const streams = [
      stream("emission", ...[1, 2].flatMap((k) => [pay(end(k), "a", 50), pay(end(k), "b", 50)])),
      stream("weights", weight(START + 1, "a", 1), weight(START + 1, "b", 1), weight(end(1), "a", 3)),
    ];
    for (const epochs of bothModes) {
      const { tables } = run(configuration({ epochs, endMs: end(2), emission: { mode: "redistribute" } }), streams);
      expect(tables.weights.map((row) => row.base_weight)).toEqual([1, 1, 3, 1]);
    }
  });

  it("pays an instalment that is due at an epoch's end after the epoch was measured", () => {
    const schedules = { durationMs: 2 * TEMPO, intervalMs: TEMPO, minVestingAmountRao: 0 };
    const streams = [stream("emission", pay(end(1), "a", 100), pay(end(2), "a", 60))];
    for (const epochs of bothModes) {
      const { tables } = run(configuration({ epochs, endMs: end(2), schedules: schedules as never }), streams);
      expect(tables.holdings.map((row) => row.stake_rao)).toEqual([0, 50]);
      expect(tables.payments.map((row) => [row.schedule, row.time_ms, row.amount_rao])).toEqual([
        [0, end(1), 50],
        [0, end(2), 50],
        [1, end(2), 30],
      ]);
    }
  });

  it("pays what is due at a run's last instant, also where the streams end it", () => {
    const streams = [stream("emission", pay(end(1), "a", 100))];
    const schedules = { durationMs: TEMPO, intervalMs: TEMPO, minVestingAmountRao: 0 };
    for (const epochs of bothModes) {
      const { tables, summary } = run(configuration({ epochs, schedules: schedules as never }), streams);
      expect(summary).toMatchObject({ epochs: 1, emissionRao: "100", lastMs: end(1) });
      expect(tables.payments).toHaveLength(1);
    }
  });

  it("ends the epochs of several subnets at one instant in order of netuid", () => {
    const on = (netuid: number): Row => ({ ...pay(end(1), "a", 5), netuid });
    for (const epochs of bothModes) {
      const { tables } = run(configuration({ epochs, endMs: end(1) }), [stream("emission", on(7), on(3), on(5))]);
      expect(tables.epochs.map(({ netuid }) => netuid)).toEqual([3, 5, 7]);
    }
  });
});

describe("epochs: emission", () => {
  it("an epoch ends at each instant that pays anybody, miner or not; at one that pays nothing none does", () => {
    const { summary, tables } = run(configuration({ epochs: "emission" }), [
      {
        kind: "emission",
        rows: [
          pay(START + DAY, "a", 5),
          pay(START + 2 * DAY, "v", 7, { role: "validator" }),
          pay(START + 3 * DAY, "a", 0),
          pay(START + 4 * DAY, "o", 9, { role: "owner" }),
          pay(START + 4 * DAY, "elsewhere", 3, { netuid: 2, role: "validator" }),
        ],
      },
    ]);
    expect(tables.epochs.map(({ netuid, end_ms }) => [netuid, (Number(end_ms) - START) / DAY])).toEqual([
      [1, 1],
      [1, 2],
      [1, 4],
      [2, 4],
    ]);
    expect(summary.epochs).toBe(4);
  });
});

describe("epochs: tempo", () => {
  it("joins what a position was paid inside an epoch and at its end, and books each part when it came", () => {
    const streams = [
      stream(
        "emission",
        pay(end(1) - 5_000, "a", 40, { block: 359 }),
        pay(end(1) - 5_000, "v", 7, { role: "validator", block: 359 }),
        pay(end(1), "a", 60, { block: 360 }),
        pay(end(1), "b", 100, { block: 360 }),
        pay(end(1), "v", 3, { role: "validator", block: 360 }),
      ),
    ];
    const of = (mode: "replay" | "redistribute") =>
      run(configuration({ epochs: "tempo", endMs: end(1), audit: true, emission: { mode } }), streams).tables;
    const replay = of("replay");
    expect(replay.tranches.map((row) => [row.entry_ms === end(1), row.received_rao, row.block])).toEqual([
      [false, 40, 359],
      [true, 60, 360],
      [false, 7, 359],
      [true, 3, 360],
      [true, 100, 360],
    ]);
    const shared = of("redistribute");
    expect(shared.tranches.map((row) => [row.entry_ms === end(1), row.received_rao, row.block])).toEqual([
      [true, 100, 360],
      [false, 7, 359],
      [true, 3, 360],
      [true, 100, 360],
    ]);
    for (const tables of [replay, shared]) {
      expect(tables.rewards.map((row) => [row.role, row.recorded_rao, row.paid_rao])).toEqual([
        ["miner", 100, 100],
        ["validator", 10, 10],
        ["miner", 100, 100],
      ]);
    }
  });

  it("says what of an unfinished last epoch is paid to nobody", () => {
    const streams = [
      stream("emission", pay(end(1), "a", 50), pay(end(1) + 1_000, "a", 20), pay(end(1) + 2_000, "v", 5, { role: "validator" })),
    ];
    const of = (mode: "replay" | "redistribute") =>
      run(configuration({ epochs: "tempo", endMs: end(2) - 1, emission: { mode } }), streams).summary;
    expect(of("redistribute").warnings.join(" ")).toMatch(
      /last epoch of subnet 1, from 2023-11-14T23:25:20Z, had not ended.*0\.00000002 alpha/s,
    );
    expect(of("redistribute").emissionRao).toBe("55");
    expect(of("replay").warnings.join(" ")).toMatch(/last epoch of subnet 1/);
    expect(of("replay").warnings.join(" ")).not.toMatch(/paid to nobody/);
    expect(of("replay").emissionRao).toBe("75");
    const whole = run(configuration({ epochs: "tempo", endMs: end(2) }), streams).summary;
    expect(otherWarnings(whole.warnings)).toEqual([]);
  });
});

describe("where a tranche comes from", () => {
  it("is the block of its own stream, whatever other streams pay at the instant", () => {
    const recorded = stream("emission", pay(START + DAY, "a", 10, { block: 7_200 }));
    const made = { ...stream("emission", pay(START + DAY, "b", 20), pay(START + DAY, "c", 30)), name: "made" };
    for (const mode of ["replay", "redistribute"] as const) {
      for (const streams of [
        [recorded, made],
        [made, recorded],
      ]) {
        const { tables } = run(configuration({ emission: { mode } }), streams);
        const blocks = Object.fromEntries(tables.tranches.map((row) => [row.received_rao, row.block]));
        expect(blocks).toEqual({ 10: 7_200, 20: -1, 30: -1 });
        expect(Object.fromEntries(tables.flows.map((row) => [row.amount_rao, row.block]))).toEqual(blocks);
      }
    }
  });
});
