import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../cases.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
const HOUR = DAY / 24;
/** 600 blocks: two hours. */
const TEMPO_MS = 2 * HOUR;
const TEMPO = { tempoBlocks: 600, capacity: 256, immunityMs: 0 };
const END = START + 12 * TEMPO_MS;

const emission = (rows: readonly Row[]): MemoryStream => ({ kind: "emission", rows });
const stakes = (rows: readonly Row[]): MemoryStream => ({ kind: "stake", rows });
const marks = (rows: readonly Row[]): MemoryStream => ({ kind: "epoch_marks", rows });
const mark = (timeMs: number, netuid = 1): Row => ({ time_ms: timeMs, netuid });
/** At every end of a clock of two hours. */
const CLOCK = marks(Array.from({ length: 12 }, (_, k) => mark(START + (k + 1) * TEMPO_MS)));

const act = fc.record({
  halfHours: fc.integer({ min: 1, max: 48 }),
  kind: fc.constantFrom("pay", "pay", "pay", "removed", "added"),
  miner: fc.constantFrom("a", "b", "c"),
  amount: fc.integer({ min: 1, max: 5 * T }),
});

function streamsOf(acts: readonly { halfHours: number; kind: string; miner: string; amount: number }[]): MemoryStream[] {
  const timed = [...acts].sort((a, b) => a.halfHours - b.halfHours).map((one) => ({ ...one, timeMs: START + one.halfHours * (HOUR / 2) }));
  const paid = timed.filter(({ kind }) => kind === "pay").map(({ timeMs, miner, amount }) => pay(timeMs, miner, amount));
  const moved = timed
    .filter(({ kind }) => kind !== "pay")
    .map(({ timeMs, kind, miner, amount }, i) => stake(timeMs, kind, miner, amount, { extrinsic: i, event: i }));
  return [emission(paid), stakes(moved)];
}

/** What no reading of streams can change: the summary but for what was read. */
function resultOf({ tables, summary: { events: _, warnings: __, firstMs: ___, ...summary } }: MemoryRun) {
  return { tables, summary };
}

describe("epochs that end at recorded marks", () => {
  it("are those of a clock whose every end is marked, whatever is paid when", () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 25 }),
        fc.constantFrom("replay", "redistribute"),
        fc.integer({ min: 1, max: 4 }),
        (acts, mode, chunk) => {
          const streams = streamsOf(acts).map((stream) => ({ ...stream, chunk }));
          const settings = { endMs: END, emission: { mode }, subnetDefaults: TEMPO, audit: true } as const;
          const byClock = run(configuration({ ...settings, epochs: "tempo" }), streams);
          for (const order of [
            [...streams, CLOCK],
            [CLOCK, ...streams],
          ]) {
            expect(resultOf(run(configuration(settings), order))).toEqual(resultOf(byClock));
          }
          // Under the clock itself nobody listens to marks.
          const also = run(configuration({ ...settings, epochs: "tempo" }), [...streams, marks([mark(START + HOUR)])]);
          expect(resultOf(also)).toEqual(resultOf(byClock));
        },
      ),
      { numRuns: cases(20, 60) },
    );
  });

  it("change nothing where they stand at every pay, told once or twice", () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 25 }), fc.constantFrom("replay", "redistribute"), (acts, mode) => {
        const streams = streamsOf(acts);
        const times = [...new Set(streams[0].rows.map((row) => Number(row.time_ms)))];
        const settings = configuration({ emission: { mode }, audit: true });
        const plain = resultOf(run(settings, streams));
        expect(resultOf(run(settings, [...streams, marks(times.map((timeMs) => mark(timeMs)))]))).toEqual(plain);
        expect(resultOf(run(settings, [...streams, marks(times.flatMap((timeMs) => [mark(timeMs), mark(timeMs)]))]))).toEqual(plain);
      }),
      { numRuns: cases(20, 60) },
    );
  });

  it("may pay nobody, and are epochs all the same: weights at their end count from the next", () => {
    const paid = [pay(START + HOUR, "a", T), pay(START + HOUR, "b", T), pay(START + 3 * HOUR, "a", T), pay(START + 3 * HOUR, "b", T)];
    const ends = marks([1, 2, 3].map((hour) => ({ ...mark(START + hour * HOUR), block: hour * 300 })));
    const { tables, summary } = run(configuration({ emission: { mode: "redistribute" }, audit: true }), [emission(paid), ends]);
    expect(tables.epochs.map(({ epoch, start_ms, end_ms, paid_rao }) => [epoch, start_ms, end_ms, paid_rao])).toEqual([
      [1, START, START + HOUR, 2 * T],
      [2, START + HOUR, START + 2 * HOUR, 0],
      [3, START + 2 * HOUR, START + 3 * HOUR, 2 * T],
    ]);
    expect(summary.epochs).toBe(3);
  });

  it("are a subnet's own: one without marks ends its epochs where it pays", () => {
    const both = (hour: number) => [1, 2].map((netuid) => pay(START + hour * HOUR, "a", T, { netuid }));
    const { tables, summary } = run(configuration({}), [
      emission([...both(1), ...both(2), ...both(3)]),
      marks([mark(START + HOUR / 2), mark(START + 2 * HOUR)]),
    ]);
    const ends = (netuid: number) => tables.epochs.filter((row) => row.netuid === netuid).map((row) => (Number(row.end_ms) - START) / HOUR);
    expect(ends(1)).toEqual([0.5, 2]);
    expect(ends(2)).toEqual([1, 2, 3]);
    expect(summary.emissionRao).toBe(String(6 * T));
    expect(summary.warnings).toContainEqual(expect.stringMatching(/^The last epoch of subnet 1, .* had not ended when the run did/));
  });

  it("say what was held back until they came", () => {
    const { summary } = run(configuration({ emission: { mode: "redistribute" } }), [
      emission([pay(START + HOUR, "a", T)]),
      marks([mark(START + HOUR / 2), mark(START + 2 * HOUR)]),
    ]);
    expect(summary.warnings).toContainEqual(
      expect.stringMatching(/^1 alpha of miners' pay came inside epochs .*, as its epoch marks have it/),
    );
  });

  it("are passed over under the clock, and the summary says how many and how to have them count", () => {
    const rows = [pay(START + HOUR, "a", T), pay(START + 2 * TEMPO_MS, "a", T)];
    const settings = { endMs: END, emission: { mode: "redistribute" }, subnetDefaults: TEMPO } as const;
    const warningsOf = (epochs: "tempo" | "emission", ...ends: readonly Row[]) =>
      run(configuration({ ...settings, epochs }), [emission(rows), ...(ends.length > 0 ? [marks(ends)] : [])]).summary.warnings;
    const passed = /passed over/;
    const [one] = warningsOf("tempo", mark(START + HOUR)).filter((warning) => passed.test(warning));
    expect(one).toMatch(/^1 epoch mark is passed over: under epochs: tempo the clock alone ends epochs\. Leave epochs out/);
    const two = warningsOf("tempo", mark(START + HOUR), mark(END));
    expect(two).toContainEqual(expect.stringMatching(/^2 epoch marks are passed over/));
    // Without epochs they would not end where the recording pays, but at the marks.
    expect(two).toContainEqual(expect.stringMatching(/as epochs: tempo has it: who sold it before had nothing of it to sell yet\.$/));
    expect(warningsOf("tempo")).toContainEqual(expect.stringMatching(/Leave epochs out to have epochs end where the recording pays\.$/));
    expect([...warningsOf("tempo"), ...warningsOf("emission", mark(START + HOUR), mark(END))].filter((one) => passed.test(one))).toEqual(
      [],
    );
  });

  it("leave pay of an epoch that never ended without a reward: flows alone have it", () => {
    const streams = [emission([pay(START + HOUR, "a", T), pay(START + 3 * HOUR, "a", 2 * T)]), marks([mark(START + 2 * HOUR)])];
    const { tables } = run(configuration({ endMs: END }), streams);
    expect(tables.rewards.map((row) => row.paid_rao)).toEqual([T]);
    expect(tables.flows.map((row) => row.amount_rao)).toEqual([T, 2 * T]);
    expect(tables.positions.map((row) => row.paid_rao)).toEqual([String(3 * T)]);
  });

  it("count the whole pot of `outside` by their blocks, where nobody of the streams is paid, too", () => {
    const ends = marks([1, 2].map((hour) => ({ ...mark(START + hour * HOUR), block: 1_000 + hour * 290 })));
    const outside = { minerPotRaoPerBlock: 1_000 };
    const { tables } = run(configuration({ emission: { mode: "redistribute", outside } }), [emission([pay(START + HOUR, "a", 1)]), ends]);
    // The first has no block to count from, so an hour of 12 s is 300.
    expect(tables.epochs.map((row) => Number(row.paid_rao) + Number(row.outside_rao))).toEqual([300_000, 290_000]);
  });
});
