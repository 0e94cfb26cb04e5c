import { AddressBook, columnIndex, nearestName, TenureError } from "../../engine/index.js";
import type { Scenario } from "../../scenarios/index.js";
import type { RecordedStream, Recording } from "../streams/index.js";

/**
 * Refuses base weights from a column of the scores that no row has: everybody would weigh 0.
 * @param recordings of the scenario, by the name of the stream
 * @throws TenureError `TEN-RUN-006`
 */
export async function requireScoreColumn(
  { configuration: { weights }, streams }: Scenario,
  recordings: ReadonlyMap<string, Recording>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (weights?.from !== "scores" || weights.column === null) return;
  const { column } = weights;
  const recorded = [...recordings.values()].flatMap((recording) => recording.streams.filter(({ kind }) => kind === "scores"));
  // Those that are stated or drawn the scenario was checked for, where there is no recording.
  if (recorded.length === 0) return;
  const names = new Set<string>();
  for (const stream of streams) {
    if (stream.source === "stated") for (const { column: name } of stream.options.rows) if (name !== undefined) names.add(name);
    if (stream.source === "drawn") for (const name of Object.keys(stream.options.columns)) names.add(name);
  }
  for (const stream of recorded) if (!names.has(column)) await addColumns(stream, column, names, signal);
  if (names.has(column)) return;
  const nearest = nearestName(column, [...names]);
  throw new TenureError({
    code: "TEN-RUN-006",
    what: "No row of the scores has the column that base weights are to be.",
    place: { path: "weights.column" },
    found: column,
    allowed: names.size === 0 ? "left out: the rows have no columns beside the score" : [...names].sort().join(", "),
    ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
  });
}

/** Adds the names of the columns of a stream, up to the one that is looked for. */
async function addColumns(stream: RecordedStream, wanted: string, names: Set<string>, signal: AbortSignal | undefined): Promise<void> {
  // The numbers of this walk are used for nothing, so they stay out of the run's address book.
  const book = new AddressBook();
  const seen = new Set([-1]);
  for await (const { declaration, rows, columns } of stream.openChunks(book)) {
    signal?.throwIfAborted();
    const named = columns[columnIndex(declaration, "column")] as Int32Array;
    for (let row = 0; row < rows; row++) {
      if (seen.has(named[row])) continue;
      seen.add(named[row]);
      names.add(book.nameOf(named[row]));
    }
    if (names.has(wanted)) return;
  }
}
