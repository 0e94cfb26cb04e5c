import { AddressBook, InvariantError, TenureError } from "../../engine/index.js";
import {
  type DrawnScenarioStream,
  makeDrawnStream,
  makeStatedStream,
  makeSyntheticPrices,
  makeSyntheticStreams,
  type PricesScenarioStream,
  type Scenario,
  type StatedScenarioStream,
  type SyntheticScenarioStream,
  type SyntheticStream,
} from "../../scenarios/index.js";
import { loadRules } from "../plug-ins/load-rules.js";
import type { KnownFile } from "../results/known-file.js";
import type { Recording } from "../streams/index.js";
import type { RunProgress } from "./execute.js";
import { openRecordings, type RunInputs } from "./open-inputs.js";
import { outsideWindow } from "./outside-window.js";
import type { OpenStream, PreparedRun } from "./prepared-run.js";
import { recordedEpochEnds } from "./recorded-epochs.js";
import { RecordedStreams } from "./recorded-streams.js";
import { recordingNotes } from "./recording-notes.js";

export interface PrepareOptions {
  /** Where the scenario's relative stream paths start; the working folder when left out. */
  readonly data?: string | undefined;
  /** Checks every position against its totals after every event; slow. */
  readonly audit?: boolean | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where rules of files lie, and which alone may be executed, by `PlugInUse.at`; left out: where the scenario says. */
  readonly rules?: ReadonlyMap<string, KnownFile> | undefined;
  /** Recordings and bundles of rules that were opened for this scenario before. */
  readonly opened?: RunInputs | undefined;
}

/**
 * Opens all that a scenario names. Changes nothing on the disk.
 *
 * Streams keep the order of the scenario, and inside a recording that of the stream kinds; it decides between events of one
 * instant (`engine/kernel/order.ts`). Without `time.start` a run starts 1 ms before the first recorded row.
 * @throws TenureError of the recordings (`TEN-STREAM-...`), of rules of files (`TEN-PLUGIN-...`); `TEN-RUN-003`, `TEN-RUN-004`
 */
export async function prepareRun(stated: Scenario, options: PrepareOptions = {}): Promise<PreparedRun> {
  const { scenario, files } = await loadRules(stated, options.rules ?? null, options.opened?.bundles);
  const recordings = options.opened?.recordings ?? (await openRecordings(scenario, options));
  const startMs = scenario.configuration.startMs ?? firstMs(recordings) - 1;
  const configuration = { ...scenario.configuration, startMs, audit: options.audit ?? scenario.configuration.audit };
  const addresses = new AddressBook();
  const named = scenario.streams.flatMap((stream) =>
    stream.source === "recorded" ? [{ stream, recording: recordingOf(recordings, stream.name) }] : [],
  );
  const recorded = await RecordedStreams.of(named, addresses, { startMs, endMs: configuration.endMs, signal: options.signal });
  const open: OpenStream[] = [];
  for (const stream of scenario.streams) {
    if (stream.source === "synthetic_prices") open.push(madeStream(syntheticPrices(stream, configuration)));
    else if (stream.source === "stated") open.push(madeStream(statedStream(stream, configuration, addresses)));
    else if (stream.source === "drawn") open.push(madeStream(drawnStream(stream, configuration, addresses)));
    else if (stream.source === "recorded") open.push(...recorded.open(stream.name));
    else open.push(...(await syntheticStreams(stream, recordings, configuration, addresses, options.signal)));
  }
  return {
    name: configuration.name,
    resolved: scenario.resolved,
    configuration,
    streams: open.map(({ description }) => description),
    sources: open.map(({ source }) => source),
    addresses,
    inputs: open.flatMap(({ inputs }) => inputs),
    rules: files,
    lastMs: lastMs(recordings),
    outsideWindow: outsideWindow(
      named.flatMap(({ recording }) => recording.streams),
      configuration,
    ),
    warnings: () => {
      const own = [...scenario.warnings, ...open.flatMap(({ warnings }) => warnings()), ...recorded.warnings()];
      return [...own, ...recordingNotes(named, own)];
    },
  };
}

function recordingOf(recordings: RunInputs["recordings"], name: string): Recording {
  const recording = recordings.get(name);
  if (recording === undefined) throw new InvariantError(`the recorded stream ${name} was not opened`);
  return recording;
}

async function syntheticStreams(
  stream: SyntheticScenarioStream,
  recordings: RunInputs["recordings"],
  { seed, replicate, startMs, endMs }: PreparedRun["configuration"],
  addresses: AddressBook,
  signal: AbortSignal | undefined,
): Promise<OpenStream[]> {
  const { name, netuid, tempoBlocks, epochsFrom, options } = stream;
  if (endMs === null) throw new InvariantError(`the synthetic stream ${name} has no end`);
  const ends =
    epochsFrom === null ? {} : await recordedEpochEnds(recordingOf(recordings, epochsFrom), netuid, epochsFrom, { startMs, endMs, signal });
  const made = makeSyntheticStreams(options, { name, seed, replicate, netuid, startMs, endMs, tempoBlocks, addresses, ...ends });
  return made.map(madeStream);
}

function syntheticPrices({ name, options }: PricesScenarioStream, configuration: PreparedRun["configuration"]): SyntheticStream {
  const { seed, replicate, startMs, endMs } = configuration;
  if (endMs === null) throw new InvariantError(`the synthetic stream ${name} has no end`);
  return makeSyntheticPrices(options, { name, seed, replicate, startMs, endMs });
}

function statedStream(
  { name, options }: StatedScenarioStream,
  { startMs, endMs }: PreparedRun["configuration"],
  addresses: AddressBook,
): SyntheticStream {
  if (endMs === null) throw new InvariantError(`the stated stream ${name} has no end`);
  return makeStatedStream(options, { name, startMs, endMs, addresses });
}

function drawnStream(
  { name, options }: DrawnScenarioStream,
  { seed, replicate, startMs, endMs }: PreparedRun["configuration"],
  addresses: AddressBook,
): SyntheticStream {
  if (endMs === null) throw new InvariantError(`the drawn stream ${name} has no end`);
  return makeDrawnStream(options, { name, seed, replicate, startMs, endMs, addresses });
}

function madeStream({ description, chunks }: SyntheticStream): OpenStream {
  const rows = chunks[Symbol.iterator]();
  return {
    description,
    source: {
      next: () => {
        const { done, value } = rows.next();
        return done === true ? undefined : value;
      },
    },
    inputs: [{ stream: description.name, source: "synthetic", kind: description.kind }],
    warnings: () => [],
  };
}

function firstMs(recordings: RunInputs["recordings"]): number {
  const first = Math.min(...timesOf(recordings, "from_ms"));
  if (Number.isFinite(first)) return first;
  throw new TenureError({
    code: "TEN-RUN-004",
    what: "The run has no start: the scenario states none, and its streams hold no rows.",
    place: { path: "time.start" },
    hint: "State time.start, or use a recording that holds rows.",
  });
}

function lastMs(recordings: RunInputs["recordings"]): number | null {
  const last = Math.max(...timesOf(recordings, "to_ms"));
  return Number.isFinite(last) ? last : null;
}

function timesOf(recordings: RunInputs["recordings"], end: "from_ms" | "to_ms"): number[] {
  return [...recordings.values()].flatMap(({ streams }) => streams.flatMap(({ files }) => files.flatMap((file) => file[end] ?? [])));
}
