import { AddressBook, columnIndex, TenureError } from "../../engine/index.js";
import type { RecordedStream, Recording } from "../streams/index.js";

/** What tells of the ends of epochs, the surest first. */
const KINDS = ["epoch_marks", "emission", "balances"] as const;

/** Ends of epochs of a recorded subnet, ascending, each once. */
export interface RecordedEpochEnds {
  readonly epochEndsMs: Float64Array;
  /** Are they its marks? Else they are instants of its pay or balances, some of which may lie inside epochs. */
  readonly endsAreMarked: boolean;
}

/**
 * When the epochs of a recorded subnet ended, for synthetic miners that keep its time: at its marks, where there are any in the
 * time of the run, as the run takes them; else at the instants of its emissions, or, where none were recorded, of its balances.
 * @param netuid the subnet
 * @param name of the stream in the scenario, for refusals
 * @throws TenureError `TEN-RUN-003` when the recording shows none of them for the subnet
 */
export async function recordedEpochEnds(
  recording: Recording,
  netuid: number,
  name: string,
  { startMs, endMs, signal }: { readonly startMs: number; readonly endMs: number; readonly signal: AbortSignal | undefined },
): Promise<RecordedEpochEnds> {
  const telling = KINDS.flatMap((kind) => recording.streams.filter((stream) => stream.kind === kind));
  for (const stream of telling) {
    const epochEndsMs = await instantsOf(stream, netuid, signal);
    const endsAreMarked = stream.kind === "epoch_marks";
    const counts = endsAreMarked ? epochEndsMs.some((timeMs) => timeMs > startMs && timeMs <= endMs) : epochEndsMs.length > 0;
    if (counts) return { epochEndsMs, endsAreMarked };
  }
  const kinds = (telling.length === 0 ? recording.streams : telling).map(({ kind }) => kind).join(", ");
  throw new TenureError({
    code: "TEN-RUN-003",
    what: `The recording gives no epochs for subnet ${netuid}.`,
    place: { file: recording.folder, path: "epochs_from", stream: name },
    found: telling.length === 0 ? kinds : `${kinds} of other subnets`,
    allowed: `epoch_marks in the time of the run, emission or balances of subnet ${netuid}`,
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
