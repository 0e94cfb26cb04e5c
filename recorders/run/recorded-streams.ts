import { type AddressBook, InvariantError, type Positions, type StreamKind } from "../../engine/index.js";
import type { RecordedScenarioStream } from "../../scenarios/index.js";
import type { InputEntry } from "../results/manifest.js";
import type { RecordedStream, Recording } from "../streams/index.js";
import { AttributedSources } from "./attributed-sources.js";
import { BALANCES_ONLY, outlyingGrowth } from "./balances-only.js";
import type { ChunkSource } from "./drive.js";
import { HeldAtStart } from "./held-at-start.js";
import { markedSubnets } from "./marked-subnets.js";
import { paidPositions } from "./paid-positions.js";
import type { OpenStream } from "./prepared-run.js";
import { RecordedSource } from "./recorded-source.js";
import { type SkippedRows, startHint } from "./skipped-rows.js";

/** A recorded stream of the scenario and the recording it names. */
export interface NamedRecording {
  readonly stream: RecordedScenarioStream;
  readonly recording: Recording;
}

export interface RecordedWindow {
  readonly startMs: number;
  /** Null: to the end of the streams. */
  readonly endMs: number | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * The recorded streams of a scenario as the engine takes them. What positions were paid that have balances but no emission
 * events in any of its recordings is attributed (docs/explanation/flows.md) while the streams are read, from all stake events of all
 * recordings; balances stay, to be compared with the ledger. Who was in the recording of a chain and was not paid there was
 * paid nothing, so from such a recording's balances nothing is attributed.
 *
 * The attributed streams stand where the first recording with such balances stands, and hold the stake rows of all.
 */
export class RecordedStreams {
  private readonly attributed: readonly NamedRecording[];
  private paid: Positions | undefined;
  private readonly skipped: SkippedRows[] = [];
  private readonly marked = new Map<RecordedStream, readonly number[]>();

  private constructor(
    private readonly all: readonly NamedRecording[],
    private readonly addresses: AddressBook,
    private readonly window: RecordedWindow,
    private readonly held: HeldAtStart,
  ) {
    this.attributed = all.filter(({ recording }) => recording.manifest.chain === undefined && of(recording, "balances").length > 0);
  }

  /** @throws TenureError of the emission streams, `TEN-STREAM-007`, `-009` to `-014`, where they have to be read beforehand */
  static async of(all: readonly NamedRecording[], addresses: AddressBook, window: RecordedWindow): Promise<RecordedStreams> {
    const covered = all.flatMap(({ stream, recording }) =>
      recording.streams.map((recorded) => ({ recorded, coverage: stream.coverage ?? recorded.coverage })),
    );
    const held = await HeldAtStart.of(covered, addresses, window.startMs, window.signal);
    const streams = new RecordedStreams(all, addresses, window, held);
    const emission = all.flatMap(({ recording }) => of(recording, "emission"));
    for (const marks of all.flatMap(({ recording }) => of(recording, "epoch_marks"))) {
      streams.marked.set(marks, await markedSubnets(marks, window));
    }
    if (streams.attributed.length > 0 && emission.length > 0) streams.paid = await paidPositions(emission, addresses, window);
    return streams;
  }

  /** The streams of the recording of that name; to be asked for in the order of the scenario. */
  open(name: string): OpenStream[] {
    const named = this.all.find(({ stream }) => stream.name === name);
    if (named === undefined) throw new InvariantError(`the recorded stream ${name} was not opened`);
    const { stream, recording } = named;
    const [first] = this.attributed;
    if (first === undefined) return recording.streams.map((recorded) => this.read(stream, recorded));
    const isAttributed = this.attributed.includes(named);
    return [
      ...(named === first ? this.attribute() : []),
      // A second walk over attributed balances: the first one is the attribution's.
      ...(isAttributed ? of(recording, "balances").map((recorded) => this.read(stream, recorded)) : []),
      ...recording.streams
        .filter(({ kind }) => kind !== "stake" && !(isAttributed && kind === "balances"))
        .map((recorded) => this.read(stream, recorded)),
    ];
  }

  /** What concerns all streams together; known once they were read. */
  warnings(): readonly string[] {
    return startHint(this.skipped);
  }

  private attribute(): OpenStream[] {
    const involved = this.all.filter((one) => this.attributed.includes(one) || of(one.recording, "stake").length > 0);
    // In the order of the scenario, as the engine will take the rows of one instant.
    const read = involved.flatMap((one) =>
      [...of(one.recording, "stake"), ...(this.attributed.includes(one) ? of(one.recording, "balances") : [])].map((recorded) =>
        this.read(one.stream, recorded),
      ),
    );
    const stakes = read.filter(({ description }) => description.kind === "stake");
    const balances = read.filter(({ description }) => description.kind === "balances");
    const sources = new AttributedSources(
      read.map(({ description }) => description),
      read.map(({ source }) => source),
      this.addresses,
      { told: this.paid, endMs: this.window.endMs ?? undefined },
    );
    const name = involved.map(({ stream }) => stream.name).join("+");
    const coverage = balances.some(({ description }) => description.coverage === "partial") ? "partial" : "subnet";
    const derived = (kind: "emission" | "stake", suffix: string, source: ChunkSource): OpenStream => ({
      description: { ...balances[0].description, name: `${name}/${suffix}`, kind, coverage },
      source,
      inputs: kind === "stake" ? stakes.flatMap(({ inputs }) => inputs) : [],
      warnings: () =>
        kind === "stake" ? stakes.flatMap(({ warnings }) => warnings()) : stakes.length > 0 ? [] : balancesOnlyWarnings(name, sources),
    });
    const hasOwn = this.attributed.some(({ recording }) => of(recording, "emission").length > 0);
    return [derived("emission", hasOwn ? "attributed" : "emission", sources.emission), derived("stake", "stake", sources.stake)];
  }

  private read(stream: RecordedScenarioStream, recorded: RecordedStream): OpenStream {
    const name = `${stream.name}/${recorded.kind}`;
    const source = new RecordedSource(recorded, this.addresses, this.window.startMs, this.held);
    this.skipped.push(source.skipped);
    const marked = this.marked.get(recorded);
    return {
      description: {
        name,
        kind: recorded.kind,
        coverage: stream.coverage ?? recorded.coverage,
        role: stream.role,
        ...(marked === undefined ? {} : { marked }),
      },
      source,
      inputs: recordedInputs(name, stream.folder, recorded),
      warnings: () => source.skipped.warnings(name),
    };
  }
}

function of(recording: Recording, kind: StreamKind): readonly RecordedStream[] {
  return recording.streams.filter((stream) => stream.kind === kind);
}

/** The files of a recorded stream as a manifest lists them. */
export function recordedInputs(stream: string, folder: string, { kind, files }: RecordedStream): InputEntry[] {
  const prefix = folder.replace(/\/+$/, "");
  return files.map(({ path, sha256, rows }) => ({ stream, source: "recorded", kind, file: `${prefix}/${path}`, sha256, rows }));
}

/** Where no recording has a stake stream: one whose rows lie before the start says that nothing came or went after it. Known once all was read. */
function balancesOnlyWarnings(name: string, { figures }: AttributedSources): string[] {
  if (figures === null || figures.balances === 0) return [];
  return [`${name}: only balances were recorded, so ${BALANCES_ONLY}.`, ...outlyingGrowth(figures.outlyingIntervals)];
}
