import type { AddressBook, ColumnBatch } from "../../engine/index.js";
import type { RecordedStream } from "../streams/index.js";
import type { ChunkSource } from "./drive.js";
import type { HeldAtStart } from "./held-at-start.js";
import { firstTakenMs } from "./rows-taken.js";
import { SkippedRows } from "./skipped-rows.js";

/**
 * The rows of a recorded stream that a run takes: pay after its start, states and extrinsics from the start on, history whole.
 * Stake events at the very start that a balance there holds are no part of the run. Reads one chunk ahead, so that reading
 * overlaps with simulating. What lies after the end the engine leaves.
 */
export class RecordedSource implements ChunkSource {
  /** Rows before the start, which were passed over. */
  readonly skipped: SkippedRows;
  readonly #chunks: AsyncIterator<ColumnBatch>;
  readonly #leastMs: number;
  #ahead: Promise<ColumnBatch | undefined> | undefined;

  /** @param held by recorded balances of any stream of the scenario */
  constructor(
    stream: RecordedStream,
    addresses: AddressBook,
    startMs: number,
    private readonly held: HeldAtStart,
  ) {
    this.#chunks = stream.openChunks(addresses)[Symbol.asyncIterator]();
    this.skipped = new SkippedRows(stream.kind);
    this.#leastMs = firstTakenMs(stream.kind, startMs);
  }

  next(): Promise<ColumnBatch | undefined> {
    const current = this.#ahead ?? this.#read();
    this.#ahead = current.then((chunk) => (chunk === undefined ? undefined : this.#read()));
    // Whoever asks for the chunk is told; nobody may ask for it.
    this.#ahead.catch(() => undefined);
    return current;
  }

  async close(): Promise<void> {
    await this.#ahead?.catch(() => undefined);
    await this.#chunks.return?.();
  }

  async #read(): Promise<ColumnBatch | undefined> {
    for (;;) {
      const { done, value: chunk } = await this.#chunks.next();
      if (done === true) return undefined;
      const from = firstAtOrAfter(chunk.columns[0] as Float64Array, chunk.rows, this.#leastMs);
      this.skipped.add(chunk, from);
      const taken = from === 0 ? chunk : rowsFrom(chunk, from);
      const left = this.skipped.kind === "stake" ? this.held.leave(taken, this.skipped) : taken;
      if (left.rows > 0) return left;
    }
  }
}

/** Index of the first of `rows` ascending times that is not before `timeMs`; `rows` when there is none. */
function firstAtOrAfter(times: Float64Array, rows: number, timeMs: number): number {
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowsFrom(chunk: ColumnBatch, from: number): ColumnBatch {
  return {
    declaration: chunk.declaration,
    rows: chunk.rows - from,
    columns: chunk.columns.map((column) => (Array.isArray(column) ? column.slice(from) : column.subarray(from))),
  };
}
