import {
  AddressBook,
  type Composition,
  columnIndex,
  DAY_MS,
  EmissionSnapshots,
  type IndexWeight,
  type StreamKind,
  TenureError,
} from "../../engine/index.js";
import { openRecording, type Recording } from "../streams/index.js";

export interface CompositionRequest {
  /** Days since 1970 UTC: the day of the rebalancing, itself part of the window. */
  readonly day: number;
  /** Subnets in the index, 1 or more. */
  readonly constituents: number;
  /** Daily snapshots the weights are the mean of, 1 or more. */
  readonly averagingDays: number;
  readonly signal?: AbortSignal | undefined;
}

export interface RecordedComposition {
  readonly composition: Composition;
  /** What was published on the day, largest first; null where the recording holds no composition of it. */
  readonly published: readonly IndexWeight[] | null;
}

/**
 * The index of a day, composed of the daily emission rates that a recording holds, and the composition that was published
 * that day.
 * @throws TenureError of the recording (`TEN-STREAM-...`), `TEN-RUN-005` when it holds no emission rates, and those of
 *   `EmissionSnapshots`
 */
export async function composeRecordedIndex(folder: string, request: CompositionRequest): Promise<RecordedComposition> {
  const { day, constituents, averagingDays, signal } = request;
  const recording = await openRecording(folder, signal === undefined ? {} : { signal });
  if (!recording.streams.some(({ kind }) => kind === "emission_rate")) throw noRates(recording);
  const snapshots = new EmissionSnapshots();
  for await (const { timeMs, netuid, value } of rowsOf(recording, "emission_rate", "emission_rate")) {
    signal?.throwIfAborted();
    snapshots.take(timeMs, netuid, value);
  }
  const published: IndexWeight[] = [];
  for await (const { timeMs, netuid, value } of rowsOf(recording, "index_weights", "weight")) {
    if (Math.floor(timeMs / DAY_MS) === day) published.push({ netuid, weight: value });
  }
  return {
    composition: snapshots.compose(day, { constituents, averagingDays }),
    published: published.length === 0 ? null : published,
  };
}

async function* rowsOf(
  { streams }: Recording,
  kind: StreamKind,
  column: string,
): AsyncGenerator<{ readonly timeMs: number; readonly netuid: number; readonly value: number }> {
  const stream = streams.find((one) => one.kind === kind);
  if (stream === undefined) return;
  for await (const { declaration, rows, columns } of stream.openChunks(new AddressBook())) {
    const [times, netuids, values] = ["time_ms", "netuid", column].map((name) => columns[columnIndex(declaration, name)] as Float64Array);
    for (let row = 0; row < rows; row++) yield { timeMs: times[row], netuid: netuids[row], value: values[row] };
  }
}

function noRates({ folder, streams }: Recording): TenureError {
  return new TenureError({
    code: "TEN-RUN-005",
    what: "The recording holds no emission rates to compose an index of.",
    place: { file: folder },
    found: streams.map(({ kind }) => kind).join(", "),
    allowed: "a recording with emission_rate, as `tenure import tao20` makes it",
  });
}
