import { AddressBook, type ColumnBatch, columnIndex, STREAMS, type StreamKind } from "../../../engine/index.js";
import { openRecording, type RecordedStream } from "../../streams/index.js";

/** Subnet and instant of the rows of a stream, one text a row. */
async function* instantsOf(stream: RecordedStream): AsyncGenerator<string> {
  const netuidIndex = columnIndex(STREAMS[stream.kind], "netuid");
  for await (const chunk of stream.openChunks(new AddressBook())) {
    const { columns, rows }: ColumnBatch = chunk;
    for (let row = 0; row < rows; row++) yield `${columns[netuidIndex][row]}/${columns[0][row]}`;
  }
}

/** Kinds whose rows are in force until the next: one at the very end of an epoch counts from the next one. */
const KINDS: readonly StreamKind[] = ["weights", "validator_weights", "scores", "collateral"];

/**
 * A row of weights, scores or collateral stamped exactly at the end of an epoch counts from the next one
 * (docs/explanation/total-order.md), since an epoch ends before the extrinsics of its last instant. Where most rows of a recording stand
 * there, they were probably meant for the epoch that ends. Its ends are known where the recording also holds emission.
 */
export async function weightsAtEpochEnds(folder: string): Promise<string[]> {
  const { streams } = await openRecording(folder, { verify: false });
  const emission = streams.find(({ kind }) => kind === "emission");
  const given = streams.filter(({ kind }) => KINDS.includes(kind));
  if (emission === undefined || given.length === 0) return [];
  const ends = new Set<string>();
  for await (const end of instantsOf(emission)) ends.add(end);
  const warnings: string[] = [];
  for (const stream of given) {
    let atEnds = 0;
    for await (const instant of instantsOf(stream)) if (ends.has(instant)) atEnds++;
    if (atEnds * 2 <= stream.rows) continue;
    warnings.push(
      `${atEnds} of ${stream.rows} rows of ${stream.kind} stand exactly at the end of an epoch: they count from the next epoch. If they are meant for the one that ends, give them an earlier time.`,
    );
  }
  return warnings;
}
