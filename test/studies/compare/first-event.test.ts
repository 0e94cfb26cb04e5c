import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RESULT_TABLE_NAMES } from "../../../engine/index.js";
import type { ShownRow } from "../../../recorders/index.js";
import { EVENT_CLOCKS } from "../../../studies/compare/event-tables.js";
import { firstEvent, placePartings } from "../../../studies/compare/first-event.js";
import { tablePartings } from "../../../studies/compare/table-parting.js";
import { cases } from "../../cases.js";
import { useFolders } from "../../recorders/results/sample-batches.js";
import { type TablesOfRows, writtenRun } from "./written-run.js";

const folder = useFolders();
const START = Date.UTC(2025, 0, 1);
const HOUR = 3_600_000;

const POSITIONS: readonly ShownRow[] = [0, 1, 2].map((position) => ({ position, netuid: 7, hotkey: `miner-${position}` }));
const EPOCHS: readonly ShownRow[] = [1, 2, 3].map((epoch) => ({
  netuid: 7,
  epoch,
  start_ms: START + (epoch - 1) * HOUR,
  end_ms: START + epoch * HOUR,
}));

async function compared(a: TablesOfRows, b: TablesOfRows) {
  const dir = await folder();
  const [runA, runB] = [await writtenRun(join(dir, "a"), a), await writtenRun(join(dir, "b"), b)];
  const { parted, only } = await tablePartings(runA, runB);
  const placed = await placePartings(runA, runB, parted);
  return { placed, only, event: firstEvent(placed) };
}

const holding = (epoch: number, position: number, multiplier: number): ShownRow => ({ epoch, position, multiplier });
const flow = (timeMs: number, flowed: string, amount: number, position = 0): ShownRow => ({
  time_ms: timeMs,
  position,
  flow: flowed,
  amount_rao: amount,
  counterparty: -1,
  block: -1,
  extrinsic: -1,
  event: -1,
});

describe("the first event at which two runs part", () => {
  const base = { positions: POSITIONS, epochs: EPOCHS };

  it("is none where their tables are the same", async () => {
    expect(await compared(base, base)).toEqual({ placed: [], only: { a: [], b: [] }, event: null });
  });

  it("is the measurement of an epoch, not the pay that follows from it at the same instant", async () => {
    const of = (multiplier: number, paid: number) => ({
      ...base,
      flows: [flow(START + HOUR, "emission", paid, 2)],
      holdings: [holding(1, 0, 1), holding(1, 2, multiplier)],
    });
    const { event, placed } = await compared(of(1.25, 10), of(1.5, 11));
    expect(event).toMatchObject({ table: "holdings", row: 2, column: "multiplier", timeMs: START + HOUR });
    expect(event?.a).toMatchObject({ netuid: 7, who: "miner-2", values: { multiplier: 1.25 } });
    expect(event?.b).toMatchObject({ values: { multiplier: 1.5 } });
    expect(placed.map(({ table, row }) => [table, row])).toEqual([
      ["holdings", 2],
      ["flows", 1],
    ]);
  });

  it("is what the other run lacks, though its next row is of later", async () => {
    const late = flow(START + 3 * HOUR, "outflow", 5);
    const early = flow(START + HOUR, "inflow", 7, 1);
    const { event } = await compared({ ...base, flows: [late] }, { ...base, flows: [early, late] });
    expect(event).toMatchObject({ table: "flows", row: 1, timeMs: START + HOUR });
    expect(event?.b?.who).toBe("miner-1");
    const { event: last } = await compared({ ...base, flows: [early, late] }, { ...base, flows: [early] });
    expect(last).toMatchObject({ table: "flows", row: 2, column: null, b: null, timeMs: START + 3 * HOUR });
  });

  it("is none where only what is written at the end differs", async () => {
    const { event, placed } = await compared(base, { ...base, positions: [...POSITIONS, { position: 3, netuid: 7, hotkey: "late" }] });
    expect(event).toBeNull();
    expect(placed).toMatchObject([{ table: "positions", row: 4, column: null, a: null, b: { who: "late", netuid: 7 } }]);
  });

  it("leaves out tables that one run alone recorded, and says so", async () => {
    const { event, only } = await compared({ ...base, flows: [flow(START, "inflow", 1)] }, { ...base, exits: [] });
    expect(event).toBeNull();
    expect(only).toEqual({ a: ["flows"], b: ["exits"] });
  });

  it("knows of every table whether its rows are events, and at an instant which come first", () => {
    expect(Object.keys(EVENT_CLOCKS)).toEqual([...RESULT_TABLE_NAMES]);
    const rankOf = (name: keyof typeof EVENT_CLOCKS, row: ShownRow = {}) => EVENT_CLOCKS[name]?.rank(row) ?? -1;
    const order = [rankOf("prices"), rankOf("holdings"), rankOf("weights"), rankOf("flows", { flow: "emission" }), rankOf("rewards")];
    const after = [rankOf("payments"), rankOf("flows", { flow: "outflow" }), rankOf("consensus"), rankOf("trades"), rankOf("nav")];
    expect([...order, ...after]).toEqual([...order, ...after].sort((x, y) => x - y));
    expect(order[0]).toBeGreaterThanOrEqual(0);
  });

  it("is what a naive reader finds, who walks both runs instant by instant", async () => {
    const flows = fc
      .array(fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom("emission", "inflow", "outflow"), fc.integer({ min: 0, max: 2 })), {
        maxLength: 5,
      })
      .map((rows) =>
        rows
          .map(([hour, kind, amount]) => flow(START + hour * HOUR, kind, amount))
          .sort((x, y) => Number(x.time_ms) - Number(y.time_ms) || Number(y.flow === "emission") - Number(x.flow === "emission")),
      );
    const holdings = fc
      .array(fc.tuple(fc.constantFrom(1, 2, 3), fc.integer({ min: 0, max: 2 }), fc.constantFrom(1, 1.5)), { maxLength: 5 })
      .map((rows) => rows.sort(([x], [y]) => x - y).map(([epoch, position, multiplier]) => holding(epoch, position, multiplier)));
    const run = fc.record({ flows, holdings });
    await fc.assert(
      fc.asyncProperty(run, run, fc.boolean(), async (a, b, isNear) => {
        const other = isNear ? { flows: a.flows, holdings: b.holdings } : b;
        const { event } = await compared({ ...base, ...a }, { ...base, ...other });
        const found = event === null ? null : { timeMs: event.timeMs, table: event.table };
        expect(found).toEqual(naiveEvent(a, other));
      }),
      { numRuns: cases(15, 40) },
    );
  });
});

type TwoTables = { readonly flows: readonly ShownRow[]; readonly holdings: readonly ShownRow[] };

/** Instant by instant, measurements before pay before what comes and goes: the first that is not the same in both. */
function naiveEvent(a: TwoTables, b: TwoTables): { timeMs: number; table: string } | null {
  for (const hour of [1, 2, 3]) {
    const timeMs = START + hour * HOUR;
    const measured = ({ holdings }: TwoTables) => holdings.filter(({ epoch }) => epoch === hour);
    const paid = ({ flows }: TwoTables) => flows.filter((row) => row.time_ms === timeMs && row.flow === "emission");
    const moved = ({ flows }: TwoTables) => flows.filter((row) => row.time_ms === timeMs && row.flow !== "emission");
    for (const [table, of] of [
      ["holdings", measured],
      ["flows", paid],
      ["flows", moved],
    ] as const) {
      if (JSON.stringify(of(a)) !== JSON.stringify(of(b))) return { timeMs, table };
    }
  }
  return null;
}
