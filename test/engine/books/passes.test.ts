import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../cases.js";
import { attributed } from "../attributed.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
const HOUR = 3_600_000;

type Ledger = Partial<ReturnType<typeof configuration>["ledger"]>;

/** Position a holds 100 manual and 60 earned rao; b is another hotkey of its owner, c another owner. */
function whatCameOf(
  rows: readonly Row[],
  ledger: Ledger = { onInvalid: "clamp" },
  more: Parameters<typeof configuration>[0] = {},
): MemoryRun {
  const streams: MemoryStream[] = [
    { kind: "emission", rows: [pay(START + DAY, "a", 60)] },
    { kind: "stake", rows: [stake(START, "added", "a", 100), ...rows] },
  ];
  return run(configuration({ audit: true, ledger, ...more }), streams);
}
const moved = (amountRao: number, more: Row = {}): Row => stake(START + 2 * DAY, "moved", "a", amountRao, { to_hotkey: "b", ...more });
const sent = (amountRao: number, more: Row = {}): Row =>
  stake(START + 2 * DAY, "transferred", "a", amountRao, { to_coldkey: "c", ...more });

const held = ({ tables }: MemoryRun): Record<string, unknown> =>
  Object.fromEntries(tables.positions.map((row) => [`${row.netuid}/${row.hotkey}/${row.coldkey}`, row.stake_rao]));
const flows = ({ tables }: MemoryRun): unknown[] =>
  tables.flows.filter((row) => Number(row.time_ms) >= START + 2 * DAY).map((row) => `${row.position} ${row.flow} ${row.amount_rao}`);
const unexplained = ({ tables }: MemoryRun): unknown[] =>
  (tables.unexplained ?? []).map((row) => `${row.position} ${row.kind} ${row.amount_rao}`);
const rejected = ({ summary }: MemoryRun): number => Object.values(summary.rejections).reduce((sum, count) => sum + count, 0);

describe("a neutral move", () => {
  it("loses what does not arrive as rounding, and what arrives keeps its history", () => {
    const result = whatCameOf([moved(160, { to_amount_rao: 157 })]);
    expect(held(result)).toEqual({ "1/a/a-owner": 0, "1/b/a-owner": 157 });
    expect(flows(result)).toEqual(["0 outflow 3", "0 moved_out 157", "1 moved_in 157"]);
    expect(unexplained(result)).toEqual(["0 rounding 3"]);
    expect(result.tables.positions[1]).toMatchObject({ manual_rao: 100, earned_rao: 57 });
    // A move of everything re-keys the position: what was received stays in one place.
    expect(result.tables.tranches.map((row) => [row.position, row.received_rao, row.remaining_rao])).toEqual([
      [1, 100, 100],
      [1, 60, 57],
    ]);
  });

  it("takes more than rounding that does not arrive for an unexplained outflow", () => {
    const result = whatCameOf([moved(160, { to_amount_rao: 149 })]);
    expect(held(result)).toEqual({ "1/a/a-owner": 0, "1/b/a-owner": 149 });
    expect(unexplained(result)).toEqual(["0 unexplained 11"]);
    expect(result.tables.exits).toMatchObject([{ reason: "unexplained", amount_rao: 11 }]);
  });

  it("brings what arrives beyond it from outside, or by rounding", () => {
    expect(unexplained(whatCameOf([moved(50, { to_amount_rao: 60 })]))).toEqual(["1 rounding 10"]);
    const result = whatCameOf([moved(50, { to_amount_rao: 61 })]);
    expect(held(result)).toEqual({ "1/a/a-owner": 110, "1/b/a-owner": 61 });
    expect(flows(result)).toEqual(["0 moved_out 50", "1 moved_in 50", "1 from_outside 11"]);
    expect(unexplained(result)).toEqual(["1 from_outside 11"]);
    expect(result.summary).toMatchObject({ inflowRao: "100", fromOutsideRao: "11", remainingRao: "171" });
  });

  it("of more than there is brings the recorded amount all the same", () => {
    const result = whatCameOf([moved(1_000)]);
    expect(held(result)).toEqual({ "1/a/a-owner": 0, "1/b/a-owner": 1_000 });
    expect(flows(result)).toEqual(["0 moved_out 160", "1 moved_in 160", "1 from_outside 840"]);
    expect(result.summary.rejections).toMatchObject({ shortfall: 1 });
    expect(held(whatCameOf([moved(1_000)], { onInvalid: "record" }))).toEqual({ "1/a/a-owner": 160, "1/b/a-owner": 1_000 });
    expect(() => whatCameOf([moved(1_000)], { onInvalid: "stop" })).toThrow(/TEN-LEDGER-003/);
  });

  it("of a few rao more than there is is a move of everything, under every on_invalid", () => {
    for (const onInvalid of ["record", "clamp", "stop"] as const) {
      const result = whatCameOf([moved(170)], { onInvalid });
      expect(held(result)).toEqual({ "1/a/a-owner": 0, "1/b/a-owner": 170 });
      expect([rejected(result), result.summary.fromOutsideRao, result.summary.roundingRao]).toEqual([0, "0", "10"]);
    }
  });

  it("onto itself loses no more than it is short of", () => {
    const itself = (more: Row) => whatCameOf([moved(100, { to_hotkey: "a", ...more })]);
    expect(held(itself({}))).toEqual({ "1/a/a-owner": 160 });
    expect(flows(itself({}))).toEqual([]);
    expect(held(itself({ to_amount_rao: 96 }))).toEqual({ "1/a/a-owner": 156 });
    expect(unexplained(itself({ to_amount_rao: 96 }))).toEqual(["0 rounding 4"]);
    expect(held(itself({ to_amount_rao: 103 }))).toEqual({ "1/a/a-owner": 163 });
  });

  it("onto itself of more than there is brings what it lacks, as between two positions", () => {
    const itself = (amountRao: number, arrivedRao: number, ledger: Ledger = { onInvalid: "clamp" }) =>
      whatCameOf([moved(amountRao, { to_hotkey: "a", to_amount_rao: arrivedRao })], ledger);
    const all = itself(1_000, 1_000);
    expect(held(all)).toEqual({ "1/a/a-owner": 1_000 });
    expect([flows(all), unexplained(all)]).toEqual([["0 from_outside 840"], ["0 from_outside 840"]]);
    expect(all.summary).toMatchObject({ fromOutsideRao: "840", rejections: { shortfall: 1 } });
    // Less arrives than left, and less than was there.
    expect(held(itself(1_000, 996))).toEqual({ "1/a/a-owner": 996 });
    expect(held(itself(1_000, 100))).toEqual({ "1/a/a-owner": 100 });
    expect(held(itself(1_000, 1_010))).toEqual({ "1/a/a-owner": 1_010 });
    expect(held(itself(165, 165))).toEqual({ "1/a/a-owner": 165 });
    expect(itself(165, 165).summary).toMatchObject({ fromOutsideRao: "0", roundingRao: "5" });
    expect(held(itself(1_000, 1_000, { onInvalid: "record" }))).toEqual({ "1/a/a-owner": 1_160 });
    expect(() => itself(1_000, 1_000, { onInvalid: "stop" })).toThrow(/TEN-LEDGER-003/);
  });

  it("onto itself ends with what one to another position and back ends with, in every mode, whatever is there", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: -12, max: 12 }),
        fc.constantFrom("clamp" as const, "record" as const),
        fc.constantFrom("same_tranches" as const, "proportional" as const, "absolute" as const),
        (amountRao, more, onInvalid, withdrawals) => {
          const arrived = Math.max(1, amountRao + more);
          const to = (hotkey: string) => moved(amountRao, { to_hotkey: hotkey, to_amount_rao: arrived });
          const sums = (rows: Row[]) => {
            const { tables, summary } = run(
              configuration({ audit: true, ledger: { onInvalid }, emission: { mode: "redistribute", withdrawals } }),
              [
                { kind: "emission", rows: [{ ...pay(START + DAY, "a", 60), coldkey: "a-owner" }] },
                { kind: "stake", rows: [stake(START, "added", "a", 100, { coldkey: "a-owner" }), ...rows] },
              ],
            );
            const stakes = (tables.positions ?? []).reduce((sum, row) => sum + Number(row.stake_rao), 0);
            return { stakes, outside: summary.fromOutsideRao, rejections: summary.rejections };
          };
          expect(sums([to("a")])).toEqual(sums([to("b")]));
        },
      ),
      { numRuns: cases(35, 100) },
    );
  });
});

describe("a transfer, swap or strict move", () => {
  it("of more than there is: the receiver gets the recorded amount, the sender's lack comes from outside", () => {
    const result = whatCameOf([sent(1_000)]);
    expect(held(result)).toEqual({ "1/a/a-owner": 0, "1/a/c": 1_000 });
    expect(flows(result)).toEqual(["0 outflow 160", "1 inflow 160", "1 from_outside 840"]);
    expect(unexplained(result)).toEqual(["1 from_outside 840"]);
    expect(result.summary.warnings).toContainEqual(expect.stringContaining("840 rao"));
    expect(held(whatCameOf([moved(1_000)], { onInvalid: "clamp", moves: "strict" }))).toEqual({ "1/a/a-owner": 0, "1/b/a-owner": 1_000 });
  });

  it("to another subnet counts the lack in the alpha that arrives", () => {
    const result = whatCameOf([stake(START + 2 * DAY, "swapped", "a", 320, { to_netuid: 2, to_amount_rao: 75 })]);
    expect(held(result)).toEqual({ "1/a/a-owner": 0, "2/a/a-owner": 75 });
    expect(unexplained(result)).toEqual(["1 from_outside 38"]);
  });

  it("of a few rao more than there is is one of everything", () => {
    const result = whatCameOf([sent(161)], { onInvalid: "stop" });
    expect(held(result)).toEqual({ "1/a/a-owner": 0, "1/a/c": 161 });
    expect([flows(result), unexplained(result)]).toEqual([["0 outflow 160", "1 inflow 161"], ["0 rounding 1"]]);
  });
});

describe("a swap of keys", () => {
  it("of an emptied position has its rows, and the next swap of what it handed over, too", () => {
    const swapped = (hour: number, from: string, to: string) =>
      stake(START + 2 * DAY + hour * HOUR, "hotkey_swapped", from, 0, { coldkey: "a-owner", to_hotkey: to });
    const result = whatCameOf([stake(START + 2 * DAY, "removed", "a", 160), swapped(1, "a", "b"), swapped(2, "b", "c")]);
    expect(flows(result)).toEqual(["0 outflow 160", "0 moved_out 0", "1 moved_in 0", "1 moved_out 0", "2 moved_in 0"]);
  });
});

describe("a strict move of a position onto itself", () => {
  const strict = { onInvalid: "clamp", moves: "strict" } as const;
  const itself = (amountRao: number, more: Row = {}, ledger: Ledger = strict) =>
    whatCameOf([moved(amountRao, { to_hotkey: "a", ...more })], ledger);

  it("sells what is sent and buys what arrives: the newest tranches end and a manual one begins", () => {
    const result = itself(100);
    expect(held(result)).toEqual({ "1/a/a-owner": 160 });
    expect(flows(result)).toEqual(["0 outflow 100", "0 inflow 100"]);
    expect(result.tables.positions[0]).toMatchObject({ manual_rao: 160, earned_rao: 0, stake_rao: 160 });
    expect(result.tables.tranches.map((row) => [row.source, row.entry_ms, row.received_rao, row.remaining_rao])).toEqual([
      ["emission", START + DAY, 60, 0],
      ["manual", START, 100, 60],
      ["manual", START + 2 * DAY, 100, 100],
    ]);
    expect(result.tables.exits.map((row) => [row.tranche, row.amount_rao, row.reason])).toEqual([
      [1, 60, "swap"],
      [0, 40, "swap"],
    ]);
    expect(unexplained(result)).toEqual([]);
    expect(result.summary).toMatchObject({ inflowRao: "200", outflowRao: "100", remainingRao: "160" });
  });

  it("of more or less than is sent arrives what the recording says", () => {
    expect(flows(itself(100, { to_amount_rao: 96 }))).toEqual(["0 outflow 100", "0 inflow 96"]);
    expect(flows(itself(100, { to_amount_rao: 150 }))).toEqual(["0 outflow 100", "0 inflow 150"]);
    expect(flows(itself(1_000))).toEqual(["0 outflow 160", "0 inflow 160", "0 from_outside 840"]);
    expect(held(itself(1_000, {}, { moves: "strict", onInvalid: "record" }))).toEqual({ "1/a/a-owner": 1_160 });
    expect(() => itself(1_000, {}, { moves: "strict", onInvalid: "stop" })).toThrow(/TEN-LEDGER-003/);
  });

  it("also where it is told as a transfer, or as a removal and an addition", () => {
    const transferred = whatCameOf([sent(100, { to_coldkey: "a-owner" })], strict);
    expect(flows(transferred)).toEqual(["0 outflow 100", "0 inflow 100"]);
    expect(transferred.tables.exits.map((row) => row.reason)).toEqual(["transfer", "transfer"]);
    const at = { block: 5, extrinsic: 3 };
    const rows = [
      stake(START + 2 * DAY, "removed", "a", 70, { ...at, event: 1 }),
      stake(START + 2 * DAY, "added", "a", 65, { ...at, event: 2 }),
    ];
    expect(flows(whatCameOf(rows, { ...strict, pairMoves: true }))).toEqual(["0 outflow 70", "0 inflow 65"]);
    expect(flows(whatCameOf(rows, { onInvalid: "clamp", pairMoves: true }))).toEqual(["0 outflow 5"]);
  });
});

describe("a removal and an addition taken as a move", () => {
  const pair = (removedRao: number, addedRao: number) =>
    whatCameOf(
      [
        stake(START + 2 * DAY, "removed", "a", removedRao, { block: 5, extrinsic: 3, event: 1 }),
        stake(START + 2 * DAY, "added", "b", addedRao, { coldkey: "a-owner", block: 5, extrinsic: 3, event: 2 }),
      ],
      { onInvalid: "clamp", pairMoves: true },
    );

  it("sells what is removed and not added, and adds what was not removed", () => {
    expect(flows(pair(160, 40))).toEqual(["0 outflow 120", "0 moved_out 40", "1 moved_in 40"]);
    expect(pair(160, 40).tables.exits.every((row) => row.reason === "withdraw")).toBe(true);
    expect(flows(pair(50, 200))).toEqual(["0 moved_out 50", "1 moved_in 50", "1 inflow 150"]);
    expect([unexplained(pair(160, 40)), unexplained(pair(50, 200))]).toEqual([[], []]);
    expect(flows(pair(160, 0))).toEqual(["0 outflow 160"]);
  });

  it("brings what was added although the removal was short", () => {
    expect(flows(pair(400, 500))).toEqual(["0 moved_out 160", "1 moved_in 160", "1 inflow 100", "1 from_outside 240"]);
  });
});

describe("redistribute", () => {
  /** a is paid a third more than recorded, or less: b takes or gives it. */
  const streams = (rows: readonly Row[]): MemoryStream[] => [
    {
      kind: "emission",
      rows: [1, 31].flatMap((day) => ["a", "b"].map((miner) => pay(START + day * DAY, miner, T))),
    },
    { kind: "stake", rows: [stake(START + 2 * DAY, "removed", "b", T), ...rows] },
  ];
  const redistributed = (rows: readonly Row[], withdrawals: "same_tranches" | "proportional" | "absolute") =>
    run(configuration({ audit: true, ledger: { onInvalid: "clamp" }, emission: { mode: "redistribute", withdrawals } }), streams(rows));
  const at = START + 32 * DAY;

  it.each(["same_tranches", "proportional"] as const)(
    "the receiver gets of its sender's stake the part that arrived (%s)",
    (withdrawals) => {
      // In the recording a held 2 tokens, in the run 2.2.
      const all = redistributed([stake(at, "transferred", "a", 2 * T, { to_coldkey: "c" })], withdrawals);
      expect(held(all)).toMatchObject({ "1/a/a-owner": 0, "1/a/c": 2_200_000_000 });
      const half = redistributed([stake(at, "transferred", "a", T, { to_coldkey: "c" })], "proportional");
      expect(held(half)).toMatchObject({ "1/a/a-owner": 1_100_000_000, "1/a/c": 1_100_000_000 });
      const swap = redistributed([stake(at, "swapped", "a", 2 * T, { to_netuid: 2, to_amount_rao: 3 * T })], withdrawals);
      expect(held(swap)).toMatchObject({ "1/a/a-owner": 0, "2/a/a-owner": 3_300_000_000 });
      for (const { summary } of [all, half, swap]) expect(summary.fromOutsideRao).toBe("0");
    },
  );

  it("the same amounts (absolute): a sender that has less gives less", () => {
    // In the recording b held a token after its sale, in the run 0.8.
    const result = redistributed([stake(at, "transferred", "b", T, { to_coldkey: "c" })], "absolute");
    expect(held(result)).toMatchObject({ "1/b/b-owner": 0, "1/b/c": 800_000_000 });
    expect(result.summary.fromOutsideRao).toBe("0");
  });

  it("what the recorded sender lacked comes from outside as recorded", () => {
    for (const withdrawals of ["same_tranches", "proportional"] as const) {
      const result = redistributed([stake(at, "transferred", "a", 3 * T, { to_coldkey: "c" })], withdrawals);
      expect(held(result)).toMatchObject({ "1/a/a-owner": 0, "1/a/c": 3_200_000_000 });
      expect(result.summary.fromOutsideRao).toBe(String(T));
    }
    // The run's sender has a part of what its recorded twin lacked.
    const absolute = redistributed([stake(at, "transferred", "a", 3 * T, { to_coldkey: "c" })], "absolute");
    expect(held(absolute)).toMatchObject({ "1/a/a-owner": 0, "1/a/c": 3 * T });
    expect(absolute.summary.fromOutsideRao).toBe("800000000");
    const unknown = redistributed([stake(at, "transferred", "z", T, { to_coldkey: "c" })], "same_tranches");
    expect(held(unknown)).toMatchObject({ "1/z/c": T });
  });

  it("neutral moves that lose on the way lose in both", () => {
    for (const withdrawals of ["same_tranches", "proportional", "absolute"] as const) {
      const result = redistributed([stake(at, "moved", "a", 2 * T, { to_hotkey: "h", to_amount_rao: 2 * T - 4 })], withdrawals);
      const kept = withdrawals === "absolute" ? 200_000_000 : 0;
      const there = Number(held(result)["1/h/a-owner"]);
      expect(held(result)["1/a/a-owner"]).toBe(kept);
      expect(2_200_000_000 - kept - there).toBeGreaterThanOrEqual(4);
      expect(2_200_000_000 - kept - there).toBeLessThanOrEqual(5);
      expect(result.summary.remainingRao).toBe(
        String(
          BigInt(result.summary.inflowRao) +
            BigInt(result.summary.emissionRao) +
            BigInt(result.summary.fromOutsideRao) -
            BigInt(result.summary.outflowRao),
        ),
      );
    }
  });
});

describe("recorded balances", () => {
  const MINERS = ["a", "b", "c"];
  /** A chain that loses up to 5 rao in every move, also in one of a position onto itself, and writes every balance after it. */
  const history = fc.array(
    fc.record({
      from: fc.nat(2),
      to: fc.nat(2),
      permille: fc.oneof(fc.integer({ min: 1, max: 999 }), fc.constant(1_000)),
      lost: fc.integer({ min: 1, max: 5 }),
      paid: fc.integer({ min: 0, max: 10 * T }),
    }),
    { minLength: 1, maxLength: 20 },
  );
  const owned = (timeMs: number, action: string, miner: string, amountRao: number, more: Row): Row =>
    stake(timeMs, action, miner, amountRao, { coldkey: "owner", ...more });

  it.each(["neutral_within_subnet", "strict"] as const)("equal the ledger after moves that lose a few rao (%s)", (moves) => {
    fc.assert(
      fc.property(history, fc.boolean(), (steps, hasEmission) => {
        const truth = new Map(MINERS.map((miner) => [miner, T]));
        const emission: Row[] = [];
        const flowRows = MINERS.map((miner) => owned(START + 1, "added", miner, T, {}));
        const balances: Row[] = MINERS.map((miner) => balance(START + 1, miner, T));
        for (const [i, { from, to, permille, lost, paid }] of steps.entries()) {
          const timeMs = START + (i + 1) * HOUR;
          const [origin, target] = [MINERS[from], MINERS[to]];
          if (paid > 0) emission.push({ ...pay(timeMs, origin, paid), coldkey: "owner" });
          const before = (truth.get(origin) ?? 0) + paid;
          truth.set(origin, before);
          const amount = Math.floor((before * permille) / 1000);
          if (amount > lost) {
            truth.set(origin, before - amount);
            truth.set(target, (truth.get(target) ?? 0) + amount - lost);
            const more = { block: i, extrinsic: 1, event: 1, to_hotkey: target, to_amount_rao: amount - lost };
            flowRows.push(owned(timeMs, "moved", origin, amount, more));
          }
          for (const miner of MINERS) balances.push(balance(timeMs, miner, truth.get(miner) ?? 0));
        }
        const told: MemoryStream[] = [
          { kind: "stake", rows: flowRows },
          { kind: "balances", rows: balances },
        ];
        const made = hasEmission ? { emission, stake: flowRows } : attributed(told);
        const { summary, tables } = run(configuration({ audit: true, ledger: { moves, onInvalid: "stop" } }), [
          { kind: "emission", rows: made.emission },
          { kind: "stake", rows: made.stake },
          told[1],
        ]);
        expect(summary.warnings.filter((warning) => warning.includes("differ"))).toEqual([]);
        expect(summary.fromOutsideRao).toBe("0");
        expect(summary.unexplainedRao).toBe("0");
        expect(Object.fromEntries(tables.positions.map((row) => [row.hotkey, row.stake_rao]))).toEqual(Object.fromEntries(truth));
      }),
      { numRuns: cases(20, 60) },
    );
  });

  function balance(timeMs: number, miner: string, balanceRao: number): Row {
    return { time_ms: timeMs, netuid: 1, hotkey: miner, coldkey: "owner", balance_rao: balanceRao };
  }
});

describe("replay against a model that knows only sums", () => {
  const event = fc.record({
    kind: fc.constantFrom("added", "removed", "moved", "moved", "transferred", "transferred", "swapped"),
    from: fc.nat(2),
    to: fc.nat(2),
    amount: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 * T })),
    more: fc.oneof(fc.constant(0), fc.integer({ min: -12, max: 12 })),
  });

  it("every receiver gets what the recording says, and the sums hold", () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.constantFrom("neutral_within_subnet" as const, "strict" as const),
        fc.constantFrom("clamp" as const, "record" as const),
        (events, moves, onInvalid) => {
          const model = new Map<string, bigint>();
          let fromOutside = 0n;
          const rows: Row[] = [];
          for (const [i, { kind, from, to, amount, more }] of events.entries()) {
            const arrived = kind === "swapped" ? Math.ceil(amount / 3) : Math.max(1, amount + more);
            const origin = `1/m${from}/c`;
            const targets: Record<string, string> = { moved: `1/m${to}/c`, transferred: `1/m${from}/c${to}`, swapped: `2/m${from}/c` };
            const target = targets[kind] ?? "";
            rows.push(
              stake(START + i, kind, `m${from}`, amount, {
                coldkey: "c",
                ...(kind === "moved" ? { to_hotkey: `m${to}`, to_amount_rao: arrived } : {}),
                ...(kind === "transferred" ? { to_coldkey: `c${to}`, to_amount_rao: arrived } : {}),
                ...(kind === "swapped" ? { to_netuid: 2, to_amount_rao: arrived } : {}),
              }),
            );
            const has = model.get(origin) ?? 0n;
            const [a, b] = [BigInt(amount), BigInt(arrived)];
            if (kind === "added") model.set(origin, has + a);
            else {
              const taken = takenOf(a, has, onInvalid);
              model.set(origin, has - taken);
              if (target === "") continue;
              model.set(target, (model.get(target) ?? 0n) + b);
              const isNeutral = kind === "moved" && moves === "neutral_within_subnet";
              const given = isNeutral ? (b < taken ? b : taken) : (b * taken) / a;
              if (a - taken > 10n || (isNeutral && b - given > 10n)) fromOutside += b - given;
            }
          }
          const { summary, tables } = run(configuration({ audit: true, ledger: { moves, onInvalid } }), [{ kind: "stake", rows }]);
          for (const row of tables.positions) {
            expect(BigInt(row.stake_rao)).toBe(model.get(`${row.netuid}/${row.hotkey}/${row.coldkey}`) ?? 0n);
          }
          expect(summary.fromOutsideRao).toBe(fromOutside.toString());
          expect(sumOf(tables.unexplained, "kind", "from_outside")).toBe(fromOutside);
          const flowSums = ["inflow", "from_outside", "outflow"].map((flow) => sumOf(tables.flows, "flow", flow));
          expect(flowSums[0] + flowSums[1] - flowSums[2]).toBe([...model.values()].reduce((sum, rao) => sum + rao, 0n));
          expect(flowSums.map(String)).toEqual([summary.inflowRao, summary.fromOutsideRao, summary.outflowRao]);
        },
      ),
      { numRuns: cases(70, 200) },
    );
  });

  function takenOf(asked: bigint, has: bigint, onInvalid: "clamp" | "record"): bigint {
    if (asked <= has) return asked;
    return onInvalid === "clamp" || asked - has <= 10n ? has : 0n;
  }

  function sumOf(rows: readonly Row[] | undefined, column: string, value: string): bigint {
    return (rows ?? []).filter((row) => row[column] === value).reduce((sum, row) => sum + BigInt(row.amount_rao), 0n);
  }
});

describe("replay of moves against a model of tranches", () => {
  interface Lot {
    /** Ids count up; who is whole keeps its own, what is split off gets the next. */
    readonly id: number;
    readonly entryMs: number;
    readonly source: "manual" | "emission";
    received: number;
    remaining: number;
  }
  /** Newest first; of equal times the later. */
  function take(lots: Lot[], amount: number): void {
    let left = amount;
    for (let i = lots.length - 1; i >= 0 && left > 0; i--) {
      const part = Math.min(lots[i].remaining, left);
      lots[i].remaining -= part;
      left -= part;
    }
  }
  /** Of a neutral move the lots go along, with the part of what they received, rounded down. */
  function carry(from: Lot[], to: Lot[], amount: number, nextId: () => number): void {
    const isWhole = amount === stakeOf(from);
    let left = amount;
    for (let i = from.length - 1; i >= 0 && (left > 0 || isWhole); i--) {
      const lot = from[i];
      const part = Math.min(lot.remaining, left);
      if (part === 0 && !isWhole) continue;
      const received = part === lot.remaining ? lot.received : Number((BigInt(lot.received) * BigInt(part)) / BigInt(lot.remaining));
      to.push({ ...lot, id: part === lot.remaining ? lot.id : nextId(), received, remaining: part });
      lot.received -= received;
      lot.remaining -= part;
      left -= part;
    }
    to.sort((a, b) => a.entryMs - b.entryMs || a.id - b.id);
  }
  const stakeOf = (lots: readonly Lot[]): number => lots.reduce((sum, { remaining }) => sum + remaining, 0);

  const happening = fc.record({
    kind: fc.constantFrom("pay", "added", "removed", "moved", "moved", "moved"),
    from: fc.nat(1),
    to: fc.nat(1),
    permille: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.constant(1_000)),
    amount: fc.integer({ min: 1, max: 5 * T }),
  });

  it("strict moves end tranches and begin manual ones, also of a position onto itself; neutral ones never do there", () => {
    let ontoItself = 0;
    fc.assert(
      fc.property(
        fc.array(happening, { minLength: 1, maxLength: 25 }),
        fc.constantFrom("neutral_within_subnet" as const, "strict" as const),
        (happenings, moves) => {
          const lots: [Lot[], Lot[]] = [[], []];
          let ids = 0;
          const nextId = () => ids++;
          const emission: Row[] = [];
          const rows: Row[] = [];
          for (const [i, { kind, from, to, permille, amount }] of happenings.entries()) {
            const timeMs = START + i * HOUR;
            const [mine, its] = [lots[from], lots[to]];
            const part = Math.max(1, Math.floor((stakeOf(mine) * permille) / 1_000));
            if (kind === "pay") {
              emission.push({ ...pay(timeMs, `m${from}`, amount), coldkey: "c" });
              mine.push({ id: nextId(), entryMs: timeMs, source: "emission", received: amount, remaining: amount });
            } else if (kind === "added") {
              rows.push(stake(timeMs, "added", `m${from}`, amount, { coldkey: "c" }));
              mine.push({ id: nextId(), entryMs: timeMs, source: "manual", received: amount, remaining: amount });
            } else if (part > stakeOf(mine)) {
              // Nothing is there to be sent.
            } else if (kind === "removed") {
              rows.push(stake(timeMs, "removed", `m${from}`, part, { coldkey: "c" }));
              take(mine, part);
            } else {
              rows.push(stake(timeMs, "moved", `m${from}`, part, { coldkey: "c", to_hotkey: `m${to}` }));
              if (from === to) ontoItself++;
              if (moves === "strict") {
                take(mine, part);
                its.push({ id: nextId(), entryMs: timeMs, source: "manual", received: part, remaining: part });
              } else if (from !== to) carry(mine, its, part, nextId);
            }
          }
          const { tables } = run(configuration({ audit: true, ledger: { moves, onInvalid: "stop" } }), [
            { kind: "emission", rows: emission },
            { kind: "stake", rows },
          ]);
          const text = (miner: unknown, source: unknown, entryMs: unknown, received: unknown, remaining: unknown) =>
            `${miner} ${source} ${entryMs} ${received} ${remaining}`;
          const hotkeys = new Map((tables.positions ?? []).map((row) => [row.position, row.hotkey]));
          const found = (tables.tranches ?? [])
            .filter((row) => Number(row.remaining_rao) > 0)
            .map((row) => text(hotkeys.get(row.position), row.source, row.entry_ms, row.received_rao, row.remaining_rao));
          const expected = lots.flatMap((list, miner) =>
            list.filter((lot) => lot.remaining > 0).map((lot) => text(`m${miner}`, lot.source, lot.entryMs, lot.received, lot.remaining)),
          );
          expect(found.sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: cases(70, 200) },
    );
    expect(ontoItself).toBeGreaterThan(cases(5, 20));
  });
});
