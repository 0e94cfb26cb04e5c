import type { StreamDescription } from "../configuration/stream-description.js";
import { InvariantError, TenureError } from "../kernel/errors.js";
import { AFTER_EXTRINSICS, type OrderKey } from "../kernel/order.js";
import { instantText, TIME_LIMIT_MS } from "../kernel/time.js";
import { type ColumnArray, type ColumnBatch, columnIndex } from "../tables/column.js";
import { STREAMS, type StreamColumns, type StreamKind } from "../tables/streams.js";
import { columnsByName } from "../tables/typed-rows.js";

/** Where a stream is read at: the current row of the current chunk. */
export class StreamCursor implements OrderKey {
  readonly kind: StreamKind;
  readonly phase: number;
  columns: readonly ColumnArray[] = [];
  row = 0;
  rows = 0;
  /** Rows of the chunks before the current one. */
  before = 0;
  /** Time of the current row; Infinity at the end. */
  timeMs = Number.NEGATIVE_INFINITY;
  extrinsic = 0;
  event = 0;
  private named: unknown = null;
  private readonly extrinsicColumn: number;
  private readonly eventColumn: number;
  private readonly isSnapshot: boolean;

  constructor(
    readonly source: number,
    readonly description: StreamDescription,
  ) {
    this.kind = description.kind;
    const declaration = STREAMS[description.kind];
    this.phase = declaration.phase;
    this.isSnapshot = declaration.rows === "state";
    this.extrinsicColumn = columnIndex(declaration, "extrinsic");
    this.eventColumn = columnIndex(declaration, "event");
  }

  get ended(): boolean {
    return this.timeMs === Number.POSITIVE_INFINITY;
  }

  /** Rows read so far. */
  get read(): number {
    return this.before + this.row;
  }

  /** Whether the next step needs a chunk first. */
  get needsChunk(): boolean {
    return this.row >= this.rows && !this.ended;
  }

  /** The columns of the current chunk by name; the cursor must be one of this kind. */
  columnsOf<K extends StreamKind>(kind: K): StreamColumns<K> {
    if (kind !== this.kind) throw new InvariantError(`a stream of kind ${this.kind} is read as ${kind}`);
    this.named ??= columnsByName(STREAMS[kind], this.columns);
    return this.named as StreamColumns<K>;
  }

  /** Takes the next chunk (`undefined`: the stream ended) and stands on its first row. */
  accept(chunk: ColumnBatch | undefined): void {
    this.before += this.rows;
    this.row = 0;
    this.named = null;
    if (chunk === undefined) {
      this.rows = 0;
      this.columns = [];
      this.timeMs = Number.POSITIVE_INFINITY;
      return;
    }
    this.rows = chunk.rows;
    this.columns = chunk.columns;
    if (chunk.rows > 0) this.stand();
  }

  /** Goes to the next row; at the end of the chunk `needsChunk` is true after. */
  advance(): void {
    this.row += 1;
    if (this.row < this.rows) this.stand();
  }

  private stand(): void {
    const timeMs = (this.columns[0] as Float64Array)[this.row];
    if (!(timeMs >= this.timeMs)) this.refuseEarlierTime(timeMs);
    if (!(timeMs < TIME_LIMIT_MS && timeMs >= 0)) this.refuseTime(timeMs);
    this.timeMs = timeMs;
    if (this.isSnapshot) {
      this.extrinsic = AFTER_EXTRINSICS;
    } else if (this.extrinsicColumn !== -1) {
      this.extrinsic = (this.columns[this.extrinsicColumn] as Int32Array)[this.row];
      this.event = (this.columns[this.eventColumn] as Int32Array)[this.row];
    }
  }

  private refuseEarlierTime(timeMs: number): never {
    throw new TenureError({
      code: "TEN-KERNEL-001",
      what: "A stream is not in time order.",
      place: { stream: this.description.name, row: this.before + this.row },
      found: instantText(timeMs),
      allowed: `${instantText(this.timeMs)} or later`,
      hint: "Sort the stream by time, block, extrinsic and event (`tenure import table --sort` does).",
    });
  }

  private refuseTime(timeMs: number): never {
    throw new TenureError({
      code: "TEN-KERNEL-002",
      what: "A time is out of range.",
      place: { stream: this.description.name, row: this.before + this.row },
      found: timeMs,
      allowed: `0 to ${TIME_LIMIT_MS} ms since 1970 UTC`,
      hint: "Times are Unix milliseconds, not seconds or microseconds.",
    });
  }
}
