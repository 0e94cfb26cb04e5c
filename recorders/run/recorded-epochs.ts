import { AddressBook, columnIndex, TenureError } from "../../engine/index.js";
import type { RecordedStream, Recording } from "../streams/index.js";

/**
 * When the epochs of a recorded subnet ended, for synthetic miners that keep its time: the instants of its emissions, or,
 * where none were recorded, of its balances. Ascending, each once.
 * @param netuid the subnet
 * @param name of the stream in the scenario, for refusals
 * @throws TenureError `TEN-RUN-003` when the recording shows neither for the subnet
 */
export async function recordedEpochEnds(recording: Recording, netuid: number, name: string, signal?: AbortSignal): Promise<Float64Array> {
  const stream = recording.streams.find(({ kind }) => kind === "emission") ?? recording.streams.find(({ kind }) => kind === "balances");
  const endsMs = stream === undefined ? new Float64Array(0) : await instantsOf(stream, netuid, signal);
  if (endsMs.length > 0) return endsMs;
  throw new TenureError({
    code: "TEN-RUN-003",
    what: `The recording gives no epochs for subnet ${netuid}.`,
    place: { file: recording.folder, path: "epochs_from", stream: name },
    found: stream === undefined ? recording.streams.map(({ kind }) => kind).join(", ") : `${stream.kind} of other subnets`,
    allowed: `emission or balances of subnet ${netuid}`,
    hint: "Name another recording under epochs_from, or leave it out.",
  });
}

async function instantsOf(stream: RecordedStream, netuid: number, signal: AbortSignal | undefined): Promise<Float64Array> {
  let instants = new Float64Array(1024);
  let count = 0;
  // The ids of this walk are used for nothing, so they stay out of the run's address book.
  for await (const { declaration, rows, columns } of stream.openChunks(new AddressBook())) {
    signal?.throwIfAborted();
    const times = columns[columnIndex(declaration, "time_ms")] as Float64Array;
    const netuids = columns[columnIndex(declaration, "netuid")] as Int32Array;
    for (let row = 0; row < rows; row++) {
      if (netuids[row] !== netuid || (count > 0 && times[row] === instants[count - 1])) continue;
      if (count === instants.length) {
        const wider = new Float64Array(count * 2);
        wider.set(instants);
        instants = wider;
      }
      instants[count++] = times[row];
    }
  }
  return instants.subarray(0, count);
}
