import { AddressBook, columnIndex, STREAMS } from "../../engine/index.js";
import type { RecordedStream } from "../streams/index.js";

const NETUID = columnIndex(STREAMS.epoch_marks, "netuid");

/**
 * The subnets that recorded epoch marks of (startMs, endMs] are of, ascending. Reads the stream once.
 * @param endMs null: to the end of the stream
 */
export async function markedSubnets(
  stream: RecordedStream,
  { startMs, endMs, signal }: { readonly startMs: number; readonly endMs: number | null; readonly signal: AbortSignal | undefined },
): Promise<readonly number[]> {
  const marked = new Set<number>();
  for await (const { columns, rows } of stream.openChunks(new AddressBook())) {
    signal?.throwIfAborted();
    const times = columns[0] as Float64Array;
    const netuids = columns[NETUID] as Int32Array;
    for (let row = 0; row < rows; row++) {
      if (times[row] > startMs && (endMs === null || times[row] <= endMs)) marked.add(netuids[row]);
    }
  }
  return [...marked].sort((a, b) => a - b);
}
