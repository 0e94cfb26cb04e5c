import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamCursor } from "../../../engine/events/stream-cursor.js";
import { AddressBook, TenureError } from "../../../engine/index.js";
import { earliest } from "../../../engine/kernel/order.js";
import { chunksOf, describeStream, type MemoryStream, type Row } from "../in-memory.js";

type Kind = "price" | "emission" | "stake" | "registry" | "metagraph" | "weights";
const PHASE: Record<Kind, number> = { price: 1, emission: 2, stake: 3, registry: 3, metagraph: 3, weights: 4 };
const LAST = Number.MAX_SAFE_INTEGER;

const FILL: Record<Kind, Row> = {
  price: { netuid: 1, price_tao_per_alpha: 1 },
  emission: { netuid: 1, hotkey: "h", coldkey: "c", amount_rao: 1 },
  stake: { action: "added", netuid: 1, hotkey: "h", coldkey: "c", amount_rao: 1 },
  registry: { action: "registered", netuid: 1, uid: 1, hotkey: "h", coldkey: "c" },
  metagraph: { netuid: 1, uid: 1, hotkey: "h", coldkey: "c", stake_rao: 1 },
  weights: { netuid: 1, hotkey: "h", coldkey: "c", weight: 1 },
};

interface Event {
  readonly time: number;
  readonly extrinsic: number;
  readonly event: number;
}
const byPlace = (a: Event, b: Event): number => a.time - b.time || a.extrinsic - b.extrinsic || a.event - b.event;

const anyStream = fc
  .tuple(
    fc.constantFrom<Kind>("price", "emission", "stake", "registry", "metagraph", "weights"),
    fc.array(fc.record({ time: fc.nat(4), extrinsic: fc.nat(2), event: fc.nat(2) }), { maxLength: 12 }),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([kind, events, chunk]) => ({ kind, chunk, events: [...events].sort(byPlace) }));

function streamOf(kind: Kind, chunk: number, events: readonly Event[]): MemoryStream {
  const placed = kind === "stake" || kind === "registry";
  const rows = events.map(({ time, extrinsic, event }) => ({ time_ms: time, ...FILL[kind], ...(placed ? { extrinsic, event } : {}) }));
  return { kind, rows, chunk };
}

/** `source:row` of all rows in the order in which the cursors give them. */
function merged(streams: readonly MemoryStream[]): string[] {
  const addresses = new AddressBook();
  const chunks = streams.map((stream) => chunksOf(stream, addresses));
  const cursors = streams.map((stream, source) => new StreamCursor(source, describeStream(stream)));
  const order: string[] = [];
  for (;;) {
    for (const cursor of cursors) while (cursor.needsChunk) cursor.accept(chunks[cursor.source].next().value ?? undefined);
    const next = earliest(cursors);
    if (next === undefined) return order;
    order.push(`${next.source}:${next.read}`);
    next.advance();
  }
}

describe("the total order", () => {
  it("is (time, phase, extrinsic, event, source, row), however the streams are cut into chunks", () => {
    fc.assert(
      fc.property(fc.array(anyStream, { minLength: 1, maxLength: 5 }), (streams) => {
        const keys = streams.flatMap(({ kind, events }, source) =>
          events.map(({ time, extrinsic, event }, row) => {
            const placed = kind === "stake" || kind === "registry";
            const snapshot = kind === "metagraph" ? LAST : 0;
            return { name: `${source}:${row}`, key: [time, PHASE[kind], placed ? extrinsic : snapshot, placed ? event : 0, source, row] };
          }),
        );
        keys.sort((a, b) => a.key.reduce((result, value, i) => result || value - b.key[i], 0));
        expect(merged(streams.map(({ kind, chunk, events }) => streamOf(kind, chunk, events)))).toEqual(keys.map(({ name }) => name));
      }),
    );
  });

  it("takes prices, emission, extrinsics, snapshots and submissions of one instant in that order", () => {
    const at: Event[] = [{ time: 5, extrinsic: 9, event: 9 }];
    const kinds: Kind[] = ["weights", "metagraph", "stake", "emission", "price"];
    expect(merged(kinds.map((kind) => streamOf(kind, 1, at)))).toEqual(["4:0", "3:0", "2:0", "1:0", "0:0"]);
  });
});

describe("StreamCursor", () => {
  const read = (rows: readonly Row[], chunk = 2): (() => unknown) => {
    return () => merged([{ kind: "price", rows, chunk, name: "market/price" }]);
  };
  const row = (time: number): Row => ({ time_ms: time, ...FILL.price });

  it("refuses time going back, in a chunk and from one to the next, and names the row", () => {
    expect(read([row(1), row(0)])).toThrow(
      /TEN-KERNEL-001: stream market\/price, row 2.*Found "1970-01-01T00:00:00Z".*1970-01-01T00:00:00\.001Z or later/,
    );
    expect(read([row(1), row(2), row(1)])).toThrow(/row 3/);
    expect(read([row(1), row(1), row(1)])).not.toThrow();
  });

  it.each([-1, 2 ** 42, Number.NaN, Number.POSITIVE_INFINITY])("refuses a time of %d", (time) => {
    expect(read([row(time)])).toThrow(TenureError);
  });

  it("goes on after an empty chunk", () => {
    const addresses = new AddressBook();
    const stream: MemoryStream = { kind: "price", rows: [row(3)] };
    const [chunk] = chunksOf(stream, addresses);
    const cursor = new StreamCursor(0, describeStream(stream));
    cursor.accept({ ...chunk, rows: 0 });
    expect([cursor.needsChunk, cursor.ended]).toEqual([true, false]);
    cursor.accept(chunk);
    expect([cursor.needsChunk, cursor.timeMs, cursor.read]).toEqual([false, 3, 0]);
    cursor.advance();
    cursor.accept(undefined);
    expect([cursor.needsChunk, cursor.ended, cursor.read]).toEqual([false, true, 1]);
  });
});
