import type { AddressBook, ColumnBatch, StreamKind } from "../../../engine/index.js";
import type { Recording } from "../../streams/index.js";

/** A row of one of several streams: its chunk, and where in it. */
export interface OrderedRow {
  readonly kind: StreamKind;
  readonly chunk: ColumnBatch;
  readonly row: number;
}

interface Cursor {
  readonly kind: StreamKind;
  readonly chunks: AsyncIterator<ColumnBatch>;
  chunk: ColumnBatch | undefined;
  row: number;
}

/** Rows of some streams of a recording by time; in one instant all of the kind named first, then of the next. */
export async function* rowsInOrder(recording: Recording, kinds: readonly StreamKind[], addresses: AddressBook): AsyncGenerator<OrderedRow> {
  const cursors: Cursor[] = [];
  for (const kind of kinds) {
    const stream = recording.streams.find((one) => one.kind === kind);
    if (stream === undefined) continue;
    const cursor: Cursor = { kind, chunks: stream.openChunks(addresses)[Symbol.asyncIterator](), chunk: undefined, row: 0 };
    await advance(cursor);
    cursors.push(cursor);
  }
  for (;;) {
    let next: Cursor | undefined;
    for (const cursor of cursors) if (cursor.chunk !== undefined && (next === undefined || timeOf(cursor) < timeOf(next))) next = cursor;
    if (next?.chunk === undefined) return;
    yield { kind: next.kind, chunk: next.chunk, row: next.row };
    next.row++;
    if (next.row >= next.chunk.rows) await advance(next);
  }
}

async function advance(cursor: Cursor): Promise<void> {
  do {
    const { done, value } = await cursor.chunks.next();
    cursor.chunk = done === true ? undefined : value;
    cursor.row = 0;
  } while (cursor.chunk !== undefined && cursor.chunk.rows === 0);
}

function timeOf({ chunk, row }: Cursor): number {
  return ((chunk as ColumnBatch).columns[0] as Float64Array)[row];
}
