import fc from "fast-check";
import { expect, it } from "vitest";
import { AddressBook, type ColumnBatch } from "../../../engine/index.js";
import { rowsInOrder } from "../../../recorders/chain/check/stream-rows-in-order.js";
import type { Recording } from "../../../recorders/streams/index.js";

const KINDS = ["emission", "stake", "balances"] as const;

/** A recording of times alone: of each kind its chunks, some of them empty. */
function recordingOf(streams: readonly (readonly (readonly number[])[])[]): Recording {
  const chunksOf = async function* (chunks: readonly (readonly number[])[]) {
    for (const times of chunks) yield { rows: times.length, columns: [Float64Array.from(times)] } as unknown as ColumnBatch;
  };
  return { streams: streams.map((chunks, at) => ({ kind: KINDS[at], openChunks: () => chunksOf(chunks) })) } as unknown as Recording;
}

/** Chunks of a stream in time order, with many rows of one instant. */
const anyStream = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }), { maxLength: 5 }).map((chunks) => {
  const times = chunks.flat().sort((a, b) => a - b);
  return chunks.map(({ length }) => times.splice(0, length));
});

it("gives the rows of all streams by time, and in one instant by kind as they were named", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStream, { maxLength: 3 }), async (streams) => {
      const found: { timeMs: number; source: number }[] = [];
      let last: string | undefined;
      for await (const { kind, chunk, from, to } of rowsInOrder(recordingOf(streams), KINDS, new AddressBook())) {
        expect(to).toBeGreaterThan(from);
        // Rows are handed out together as far as they go: only the end of a chunk lets a stream follow itself.
        if (kind === last) expect(from).toBe(0);
        last = kind;
        for (let row = from; row < to; row++)
          found.push({ timeMs: chunk.columns[0]?.[row] as number, source: KINDS.indexOf(kind as never) });
      }
      const all = streams.flatMap((chunks, source) => chunks.flat().map((timeMs) => ({ timeMs, source })));
      expect(found).toEqual(all.sort((a, b) => a.timeMs - b.timeMs || a.source - b.source));
    }),
  );
});
