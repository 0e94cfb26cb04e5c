import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type EpochTape,
  GeometricPlayer,
  isGeometricAlone,
  type PlayedFigures,
  playTape,
  type RunMetricsSummary,
  type SimulationConfiguration,
  type Span,
  type StageConfiguration,
  TapeRecorder,
  tapedConfiguration,
} from "../../../engine/index.js";
import { cases } from "../../cases.js";
import { anyRun } from "../any-run.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, pay, run, START, stake } from "../in-memory.js";
import { anyRuleOver } from "./any-rule.js";

const SPANS: readonly Span[] = [
  [{ fromMs: START + 10 * DAY, toMs: START + 40 * DAY }],
  [
    { fromMs: START, toMs: START + 2 * DAY },
    { fromMs: START + 20 * DAY, toMs: START + 80 * DAY },
  ],
  [],
  [{ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }],
];

const HOLDING: StageConfiguration = {
  stage: "multiplier",
  parameters: {},
  variant: "geometric",
  of: { retentionTarget: 0.9, retentionWindowDays: 30, maxMultiplier: 1.5 },
};

function tapeOf(config: SimulationConfiguration, streams: readonly MemoryStream[]): EpochTape {
  const recorder = new TapeRecorder(config.vesting);
  run(tapedConfiguration(config), streams, { epochs: recorder.listen });
  return recorder.tape();
}

function ran({ summary }: MemoryRun): PlayedFigures {
  return { whole: summary.metrics, spans: summary.spans ?? [] };
}

/** A run, or null where it is refused: what decides that is the same with and without a tape. */
function unlessRefused<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch {
    return null;
  }
}

const anyPlay = anyRun
  .filter(({ config }) => config.emission.mode === "replay")
  .chain(({ config, streams }) => anyRuleOver(config).map((rule) => ({ config, streams, rule })));

function expectClose(found: RunMetricsSummary | null, expected: RunMetricsSummary | null): void {
  if (found === null || expected === null) {
    expect(found).toEqual(expected);
    return;
  }
  const close = (value: number) => expect.closeTo(value, 9);
  expect(found).toEqual({
    ...expected,
    potMoved: close(expected.potMoved),
    heldPayShare: close(expected.heldPayShare),
    multiplierPaid: close(expected.multiplierPaid),
    subnets: expected.subnets.map((subnet) => ({
      ...subnet,
      potMoved: close(subnet.potMoved),
      giniBefore: close(subnet.giniBefore),
      giniAfter: close(subnet.giniAfter),
    })),
  });
}

describe("a rule that is played on the tape of a replay", () => {
  it("has the figures of a run, to the last bit, or says that only a run can tell", () => {
    let played = 0;
    let undecided = 0;
    fc.assert(
      fc.property(anyPlay, ({ config, streams, rule }) => {
        const tape = unlessRefused(() => tapeOf(config, streams));
        const full = unlessRefused(() => run({ ...config, ...rule }, streams, { spans: SPANS }));
        if (full === null || tape === null) return;
        const found = playTape(tape, rule, SPANS);
        if (found === null) undecided += 1;
        else {
          played += 1;
          expect(found).toEqual(ran(full));
        }
      }),
      { numRuns: cases(100, 300) },
    );
    expect(played).toBeGreaterThan(cases(25, 100));
    expect(undecided).toBeLessThan(played / 4);
  });

  it("has the same figures by sums, where it is the geometric rule alone", () => {
    fc.assert(
      fc.property(
        anyRun.filter(({ config }) => config.emission.mode === "replay"),
        fc.array(
          fc.tuple(fc.constantFrom(0.05, 0.3, 0.9, 1), fc.double({ min: 1, max: 5, noNaN: true }), fc.constantFrom(0, 1e9, 2 ** 40)),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        ({ config, streams }, trials) => {
          const tape = unlessRefused(() => tapeOf(config, streams));
          if (tape === null) return;
          const player = new GeometricPlayer(tape, SPANS);
          for (const [retentionTarget, maxMultiplier, minimumStakeRao] of trials) {
            const vesting = { ...config.vesting, mode: "on" as const, belowMinimum: "no_bonus" as const, rule: "geometric" as const };
            const rule = { vesting: { ...vesting, retentionTarget, maxMultiplier, minimumStakeRao }, stages: null };
            expect(isGeometricAlone(rule)).toBe(true);
            const found = player.play(rule, true);
            const expected = playTape(tape, rule, SPANS);
            expectClose(found.whole, expected?.whole ?? null);
            SPANS.forEach((_, at) => {
              expectClose(found.spans[at], expected?.spans[at] ?? null);
            });
            const withoutGini = player.play(rule, false);
            expect(withoutGini.whole?.potMoved).toEqual(found.whole?.potMoved);
            expect(withoutGini.whole?.undecided).toEqual(found.whole?.undecided);
          }
        },
      ),
      { numRuns: cases(40, 120) },
    );
  });
});

describe("a tape", () => {
  /** Two miners for 40 days: one holds all, one sells a half each day. */
  const rows = Array.from({ length: 40 }, (_, day) => START + (day + 1) * DAY);
  const streams: readonly MemoryStream[] = [
    { kind: "emission", rows: rows.flatMap((timeMs) => [pay(timeMs, "a", 1e9, { uid: 0 }), pay(timeMs, "b", 1e9, { uid: 1 })]) },
    { kind: "stake", rows: rows.map((timeMs) => stake(timeMs + 1000, "removed", "b", 5e8)) },
  ];

  it("lies in memory that threads share, and can be sent to one", () => {
    const tape = tapeOf(configuration({}), streams);
    expect(tape.epochs).toBe(40);
    expect(tape.firstRow[40]).toBe(80);
    const columns = Object.values(tape).filter((value) => ArrayBuffer.isView(value));
    expect(columns).toHaveLength(18);
    for (const { buffer } of columns) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    const sent = structuredClone(tape);
    expect(sent.base.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(playTape(sent, configuration({}), [])).toEqual(playTape(tape, configuration({}), []));
  });

  it("decides ties of amounts, and leaves those of days to a run", () => {
    const tape = tapeOf(configuration({}), streams);
    const tiered = (amount: number, time: number) =>
      configuration({
        vesting: {
          rule: "tiered",
          amountTiers: [{ atLeast: amount, value: 1.5 }],
          timeTiers: [{ atLeast: time, value: 2 }],
        },
      });
    // The one who holds has held a whole share, and after 29 payments a mean age of 14 days and more at once.
    const byShare = tiered(1, 13.3);
    expect(playTape(tape, byShare, [])?.whole).toEqual(run(byShare, streams).summary.metrics);
    expect(playTape(tape, tiered(0.5, 15), [])).toBeNull();
  });

  it("knows who registered first, which decides ties of rank", () => {
    const registered = ["b", "a"].map((hotkey, at) => ({
      ...{ time_ms: START + at * 1000, action: "registered", netuid: 1, hotkey, coldkey: `${hotkey}-owner`, uid: hotkey === "a" ? 0 : 1 },
      ...{ extrinsic: at, event: at },
    }));
    const seated: readonly MemoryStream[] = [{ kind: "registry", rows: registered }, ...streams];
    const winner = configuration({
      stages: {
        stages: [{ stage: "curve", parameters: { ties: "uid" }, variant: "winner", of: {} }, HOLDING],
        residual: null,
        recordsEveryEpoch: false,
      },
    });
    const whole = playTape(tapeOf(configuration({}), seated), winner, [])?.whole;
    expect(whole).toEqual(run(winner, seated).summary.metrics);
    // The later uid, which sells.
    expect(whole?.heldPayShare).toBeLessThan(0.9);
  });

  it("of nothing that was paid has no figures", () => {
    const tape = tapeOf(configuration({}), [{ kind: "stake", rows: [stake(START + DAY, "added", "a", 1e9)] }]);
    const spans = [[{ fromMs: 0, toMs: Number.POSITIVE_INFINITY }]];
    expect(tape.epochs).toBe(0);
    expect(playTape(tape, configuration({}), spans)).toEqual({ whole: null, spans: [null] });
    expect(new GeometricPlayer(tape, spans).play(configuration({}), true)).toEqual({ whole: null, spans: [null] });
  });

  it("plays no other rule by sums", () => {
    const player = new GeometricPlayer(tapeOf(configuration({}), streams), []);
    for (const vesting of [{ rule: "tiered" }, { belowMinimum: "zero" }, { mode: "off" }] as const) {
      const rule = configuration({ vesting });
      expect(isGeometricAlone(rule)).toBe(false);
      expect(() => player.play(rule, false)).toThrow("a rule that is not the geometric one alone");
    }
  });
});
