import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type AddressBook, STREAM_KINDS, type StreamKind, TenureError } from "../../engine/index.js";
import { toolVersion } from "../versions.js";
import { writeRefusal } from "./file-refusal.js";
import { KeptStreams } from "./kept-streams.js";
import { openRecording } from "./recording.js";
import type { RecordingDescription } from "./recording-description.js";
import { RECORDING_MANIFEST_NAME } from "./recording-files.js";
import { earlierRecording, RecordingFolder } from "./recording-folder.js";
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordingManifest,
  type RecordingStream,
  recordingDigest,
  recordingManifestText,
} from "./recording-manifest.js";
import type { RecordingSums } from "./recording-sums.js";
import { StreamFileWriter } from "./stream-file-writer.js";

/** Hands out the stream files of a recording under way. */
export class RecordingWriter {
  readonly #files: { readonly writer: StreamFileWriter; readonly kind: StreamKind }[] = [];

  constructor(
    readonly folder: string,
    readonly book: AddressBook,
    readonly sums?: RecordingSums,
  ) {}

  /**
   * A new file of a stream: `<kind>.arrow`, or the given path for a stream in many files (`stake/000001.arrow`), which
   * must be asked for in the order of their rows.
   */
  async stream(kind: StreamKind, path = `${kind}.arrow`): Promise<StreamFileWriter> {
    const writer = await StreamFileWriter.create(this.folder, kind, path, this.book, this.sums);
    this.#files.push({ writer, kind });
    return writer;
  }

  /** Finishes the files and writes the manifest. It holds no time of its making and no path outside, so equal inputs give equal bytes. */
  async finish(added: RecordingDescription, kept?: KeptStreams): Promise<RecordingManifest> {
    const written = STREAM_KINDS.filter((kind) => this.#files.some((file) => file.kind === kind));
    const description = kept?.describe(added, written) ?? added;
    const streams: RecordingManifest["streams"] = {};
    for (const kind of STREAM_KINDS) {
      const files: RecordingStream["files"] = [];
      for (const file of this.#files) if (file.kind === kind) files.push(await file.writer.finish());
      const carried = await kept?.carry(kind, files, this.folder);
      if (carried !== undefined) streams[kind] = carried;
      if (files.length === 0) continue;
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      streams[kind] = { rows, files, notes: [...(description.streamNotes?.[kind] ?? [])] };
    }
    const manifest: RecordingManifest = {
      format: RECORDING_FORMAT,
      version: RECORDING_VERSION,
      tool: { name: "tenure", version: toolVersion() },
      digest: recordingDigest(streams),
      source: description.source,
      coverage: description.coverage ?? "partial",
      ...(description.attributedEmissionRao === undefined ? {} : { attributed_emission_rao: description.attributedEmissionRao }),
      figures: description.figures,
      streams,
      notes: [...description.notes],
    };
    const path = join(this.folder, RECORDING_MANIFEST_NAME);
    await writeFile(path, recordingManifestText(manifest)).catch((error: unknown) => {
      throw writeRefusal(error, path);
    });
    return manifest;
  }

  /** Closes what is open. */
  async abandon(): Promise<void> {
    for (const { writer } of this.#files) await writer.abandon();
  }
}

export interface WriteRecordingOptions {
  /** The recording's folder. An earlier recording there is replaced; anything else is refused. */
  readonly out: string;
  /** What is read to make it. */
  readonly inputs: readonly string[];
  /** What the address ids of the rows mean. */
  readonly book: AddressBook;
  /** Keeps the streams of a recording that is there already, and adds what is written to them. */
  readonly into?: boolean | undefined;
  /** Sums up what is written. */
  readonly sums?: RecordingSums | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WrittenRecording {
  readonly manifest: RecordingManifest;
  /** Did the folder hold the same recording before, byte for byte? */
  readonly unchanged: boolean;
}

/** Does a folder hold this recording, whole and undamaged? */
async function isThere(folder: string, manifest: RecordingManifest, signal?: AbortSignal): Promise<boolean> {
  const earlier = await earlierRecording(folder);
  if (earlier === undefined || recordingManifestText(earlier) !== recordingManifestText(manifest)) return false;
  return openRecording(folder, signal === undefined ? {} : { signal }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof TenureError) return false;
      throw error;
    },
  );
}

/**
 * Makes a recording, or adds to one: `fill` writes the streams and says what they are. Whatever it throws, and an abort, leaves nothing
 * behind and an earlier recording as it was.
 * @throws TenureError `TEN-STREAM-009` to `-012` (rows), `-016` (output folder), `-017` (disk), `TEN-IMPORT-025`, `-026` (what is
 *   there already), what `openRecording` names; the signal's reason
 */
export async function writeRecording(
  options: WriteRecordingOptions,
  fill: (recording: RecordingWriter) => Promise<RecordingDescription>,
): Promise<WrittenRecording> {
  options.signal?.throwIfAborted();
  const folder = await RecordingFolder.create(options.out, options.inputs);
  const recording = new RecordingWriter(folder.path, options.book, options.sums);
  try {
    const kept = options.into === true ? await KeptStreams.of(folder.target) : undefined;
    const manifest = await recording.finish(await fill(recording), kept);
    const unchanged = await isThere(folder.target, manifest, options.signal);
    options.signal?.throwIfAborted();
    await folder.commit();
    return { manifest, unchanged };
  } catch (error) {
    await recording.abandon();
    await folder.discard();
    throw error;
  }
}
