import { type AddressBook, columnIndex, Positions, STREAMS } from "../../engine/index.js";
import type { RecordedStream } from "../streams/index.js";

const [NETUID, HOTKEY, COLDKEY] = ["netuid", "hotkey", "coldkey"].map((name) => columnIndex(STREAMS.emission, name));

/**
 * The positions that recorded emission events of (startMs, endMs] pay. Reads the streams once and keeps nothing else of them.
 * @param endMs null: to the end of the streams
 */
export async function paidPositions(
  streams: readonly RecordedStream[],
  addresses: AddressBook,
  { startMs, endMs, signal }: { readonly startMs: number; readonly endMs: number | null; readonly signal: AbortSignal | undefined },
): Promise<Positions> {
  const paid = new Positions(addresses);
  for (const stream of streams) {
    for await (const { columns, rows } of stream.openChunks(addresses)) {
      signal?.throwIfAborted();
      const times = columns[0] as Float64Array;
      const [netuids, hotkeys, coldkeys] = [NETUID, HOTKEY, COLDKEY].map((column) => columns[column] as Int32Array);
      for (let row = 0; row < rows; row++) {
        if (times[row] > startMs && (endMs === null || times[row] <= endMs)) paid.of(netuids[row], hotkeys[row], coldkeys[row]);
      }
    }
  }
  return paid;
}
