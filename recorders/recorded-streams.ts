import type { AddressBook, StreamKind } from "../engine/index.js";
import type { RecordedScenarioStream } from "../scenarios/index.js";
import { AttributedSources } from "./attributed-sources.js";
import type { ChunkSource } from "./drive.js";
import type { OpenStream } from "./prepared-run.js";
import { RecordedSource } from "./recorded-source.js";
import type { InputEntry } from "./results/manifest.js";
import type { RecordedStream, Recording } from "./streams/index.js";

/**
 * The streams of a recording as the engine takes them. Where it has balances but no emission, emission is attributed
 * (mechanisms 2) while it is read; the balances stay, to be compared with the ledger.
 */
export function openRecordedStreams(
  stream: RecordedScenarioStream,
  recording: Recording,
  addresses: AddressBook,
  startMs: number,
  balancesAreRecorded: boolean,
): OpenStream[] {
  const open = (recorded: RecordedStream): OpenStream => {
    const name = `${stream.name}/${recorded.kind}`;
    const source = new RecordedSource(recorded, addresses, startMs, balancesAreRecorded);
    return {
      description: { name, kind: recorded.kind, coverage: stream.coverage ?? recorded.coverage, role: stream.role },
      source,
      inputs: inputsOf(name, stream.folder, recorded),
      warnings: () => skippedWarning(name, source),
    };
  };
  const of = (kind: StreamKind) => recording.streams.filter((recorded) => recorded.kind === kind);
  const balances = of("balances").map(open);
  if (balances.length === 0 || of("emission").length > 0) return recording.streams.map(open);

  const read = [...of("stake").map(open), ...balances];
  const attributed = new AttributedSources(
    read.map(({ description }) => description),
    read.map(({ source }) => source),
    addresses,
  );
  const derived = (kind: "emission" | "stake", source: ChunkSource): OpenStream => {
    const name = `${stream.name}/${kind}`;
    return {
      description: { ...balances[0].description, name, kind },
      source,
      inputs: read.filter(({ description }) => description.name === name).flatMap(({ inputs }) => inputs),
      warnings: () => read.filter(({ description }) => description.name === name).flatMap(({ warnings }) => warnings()),
    };
  };
  return [
    derived("emission", attributed.emission),
    derived("stake", attributed.stake),
    // A second walk over the balances: the first one is the attribution's.
    ...of("balances").map(open),
    ...recording.streams.filter(({ kind }) => kind !== "stake" && kind !== "balances").map(open),
  ];
}

function inputsOf(stream: string, folder: string, { kind, files }: RecordedStream): InputEntry[] {
  const prefix = folder.replace(/\/+$/, "");
  return files.map(({ path, sha256, rows }) => ({ stream, source: "recorded", kind, file: `${prefix}/${path}`, sha256, rows }));
}

function skippedWarning(name: string, { skippedRows }: RecordedSource): string[] {
  return skippedRows === 0 ? [] : [`${name}: ${skippedRows} rows before the start of the run were not read.`];
}
