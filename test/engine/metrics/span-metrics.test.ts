import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunMetricsSummary, Span } from "../../../engine/index.js";
import { anyRun } from "../any-run.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, pay, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
const ALWAYS: Span = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }];

/** Four miners over 40 days, of whom a later one takes part only after a while, and one sells all. */
const STREAMS: readonly MemoryStream[] = [
  {
    kind: "emission",
    rows: Array.from({ length: 40 }, (_, day) => day).flatMap((day) =>
      ["a", "b", "c", ...(day >= 25 ? ["d"] : [])].map((miner, uid) => pay(START + (day + 1) * DAY, miner, (uid + 1) * T + day, { uid })),
    ),
  },
  {
    kind: "stake",
    rows: Array.from({ length: 39 }, (_, day) => day).flatMap((day) => [
      ...(day % 4 === 3 ? [stake(START + (day + 1.5) * DAY, "removed", "b", T)] : []),
      stake(START + (day + 1.6) * DAY, "removed", "c", 3 * T),
    ]),
  },
];

/** The figures of the epochs that end inside a span, from the tables `epochs`, `weights` and `holdings` alone. */
function fromTables({ tables }: MemoryRun, span: Span) {
  const inside = tables.epochs.filter((row) => span.some(({ fromMs, toMs }) => Number(row.end_ms) >= fromMs && Number(row.end_ms) < toMs));
  const sums = { pots: 0, moved: 0, pay: 0, held: 0, multiplied: 0 };
  const before = new Map<unknown, number>();
  const after = new Map<unknown, number>();
  for (const { epoch, recorded_rao } of inside) {
    const pot = Number(recorded_rao);
    const miners = tables.weights.filter((row) => row.epoch === epoch);
    const total = miners.reduce((sum, row) => sum + Number(row.base_weight), 0);
    sums.pots += pot;
    for (const row of miners) {
      const base = Number(row.base_weight) / total;
      const final = Number(row.final_weight);
      const held = tables.holdings.find((one) => one.epoch === epoch && one.position === row.position);
      sums.moved += (pot * Math.abs(final - base)) / 2;
      sums.pay += pot * final;
      sums.held += pot * final * Number(held?.held_share);
      sums.multiplied += pot * final * Number(row.multiplier);
      before.set(row.position, (before.get(row.position) ?? 0) + pot * base);
      after.set(row.position, (after.get(row.position) ?? 0) + pot * final);
    }
  }
  const gini = (amounts: readonly number[]) => {
    const differences = amounts.flatMap((one) => amounts.map((other) => Math.abs(one - other)));
    return differences.reduce((a, b) => a + b, 0) / (2 * amounts.length * amounts.reduce((a, b) => a + b, 0));
  };
  return {
    epochs: inside.length,
    miners: before.size,
    potMoved: sums.moved / sums.pots,
    heldPayShare: sums.held / sums.pay,
    multiplierPaid: sums.multiplied / sums.pay,
    giniBefore: gini([...before.values()]),
    giniAfter: gini([...after.values()]),
  };
}

function flat(metrics: RunMetricsSummary | null | undefined) {
  if (metrics == null) throw new Error("no figures");
  const { epochs, potMoved, heldPayShare, multiplierPaid, subnets } = metrics;
  const [{ miners, giniBefore, giniAfter }] = subnets;
  return { epochs, miners, potMoved, heldPayShare, multiplierPaid, giniBefore, giniAfter };
}

describe("the figures of a span", () => {
  it("are what the tables say of its windows", () => {
    const day = (number: number) => START + number * DAY;
    const spans: Span[] = [
      [{ fromMs: day(1), toMs: day(20) }],
      [
        { fromMs: day(10), toMs: day(26) },
        { fromMs: day(33), toMs: day(40) },
      ],
      [
        { fromMs: day(33), toMs: day(38) },
        { fromMs: day(35), toMs: day(41) },
      ],
    ];
    const found = run(configuration({ emission: { mode: "redistribute" } }), STREAMS, { spans });
    expect(found.summary.spans).toHaveLength(spans.length);
    spans.forEach((span, at) => {
      const own = flat(found.summary.spans?.[at]);
      const expected = fromTables(found, span);
      expect(own.epochs).toBe(expected.epochs);
      expect(own.miners).toBe(expected.miners);
      for (const [name, value] of Object.entries(own)) expect(value, name).toBeCloseTo(expected[name as keyof typeof expected], 12);
    });
    // An end is not included.
    expect(found.summary.spans?.map((one) => one?.epochs)).toEqual([19, 16 + 7, 8]);
    expect(found.summary.spans?.map((one) => one?.subnets[0].miners)).toEqual([3, 4, 4]);
  });

  it("of all time are those of the run, to the last bit, and change nothing of it", () => {
    fc.assert(
      fc.property(anyRun, ({ config, streams }) => {
        const plain = outcomeOf(() => run(config, streams));
        const found = outcomeOf(() => run(config, streams, { spans: [ALWAYS, [], ALWAYS] }));
        if (typeof plain === "string" || typeof found === "string") {
          expect(found).toEqual(plain);
          return;
        }
        const { spans, ...summary } = found.summary;
        expect(summary).toEqual(plain.summary);
        expect(spans).toEqual([summary.metrics, null, summary.metrics]);
        expect(found.tables).toEqual(plain.tables);
      }),
      { numRuns: 60 },
    );
  });

  it("are none, and the summary has none, where none are asked for", () => {
    expect(run(configuration({}), STREAMS).summary).not.toHaveProperty("spans");
    expect(run(configuration({}), STREAMS, { spans: [] }).summary.spans).toEqual([]);
    const before: Span = [{ fromMs: 0, toMs: START }];
    expect(run(configuration({}), STREAMS, { spans: [before] }).summary.spans).toEqual([null]);
  });
});

function outcomeOf(make: () => MemoryRun): MemoryRun | string {
  try {
    return make();
  } catch (error) {
    return String(error);
  }
}
