import { type AddressBook, type ColumnBatch, comesBefore, earliest, type OrderKey, type StreamKind } from "../../../engine/index.js";
import type { Recording } from "../../streams/index.js";

type Chunk = Pick<ColumnBatch, "rows" | "columns">;

/** Rows of one of several streams that follow one another: their chunk, and where in it. */
export interface RowSpan {
  readonly kind: StreamKind;
  readonly chunk: Chunk;
  readonly from: number;
  /** The row after the last. */
  readonly to: number;
}

/** Where a stream is read at; in one instant the stream that was named first comes first. */
class Cursor implements OrderKey {
  timeMs = Number.NEGATIVE_INFINITY;
  readonly phase = 0;
  readonly extrinsic = 0;
  readonly event = 0;
  chunk: Chunk = { rows: 0, columns: [] };
  row = 0;

  constructor(
    readonly kind: StreamKind,
    readonly source: number,
    private readonly chunks: AsyncIterator<ColumnBatch>,
  ) {}

  /** Goes to the rows of the next chunk, or to the end. */
  async advance(): Promise<void> {
    do {
      const { done, value } = await this.chunks.next();
      if (done === true) {
        this.timeMs = Number.POSITIVE_INFINITY;
        return;
      }
      this.chunk = value;
    } while (this.chunk.rows === 0);
    this.goTo(0);
  }

  /** Takes rows while they come before another stream's; at the end of the chunk it stands behind it. */
  runTo(other: OrderKey | undefined): void {
    do this.goTo(this.row + 1);
    while (this.row < this.chunk.rows && (other === undefined || comesBefore(this, other)));
  }

  private goTo(row: number): void {
    this.row = row;
    if (row < this.chunk.rows) this.timeMs = (this.chunk.columns[0] as Float64Array)[row];
  }
}

/** Rows of some streams of a recording by time; in one instant all of the kind named first, then of the next. */
export async function* rowsInOrder(recording: Recording, kinds: readonly StreamKind[], addresses: AddressBook): AsyncGenerator<RowSpan> {
  const cursors: Cursor[] = [];
  for (const kind of kinds) {
    const stream = recording.streams.find((one) => one.kind === kind);
    if (stream === undefined) continue;
    const cursor = new Cursor(kind, cursors.length, stream.openChunks(addresses)[Symbol.asyncIterator]());
    await cursor.advance();
    cursors.push(cursor);
  }
  for (;;) {
    const next = earliest(cursors);
    if (next === undefined) return;
    const { kind, chunk, row: from } = next;
    next.runTo(earliest(cursors.filter((cursor) => cursor !== next)));
    yield { kind, chunk, from, to: next.row };
    if (next.row >= chunk.rows) await next.advance();
  }
}
