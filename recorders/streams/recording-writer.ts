import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type AddressBook, STREAM_KINDS, type StreamKind } from "../../engine/index.js";
import { toolVersion } from "../results/versions.js";
import { writeRefusal } from "./file-refusal.js";
import { RECORDING_MANIFEST_NAME } from "./recording-files.js";
import { RecordingFolder } from "./recording-folder.js";
import {
  type Coverage,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordingManifest,
  type RecordingSource,
  type RecordingStream,
  recordingDigest,
  recordingManifestText,
} from "./recording-manifest.js";
import { StreamFileWriter } from "./stream-file-writer.js";

/** What the maker of a recording says of it. */
export interface RecordingDescription {
  readonly source: RecordingSource;
  readonly coverage: Coverage;
  readonly figures: RecordingManifest["figures"];
  readonly notes: readonly string[];
  /** By kind: what a reader should know of the stream. */
  readonly streamNotes?: Readonly<Partial<Record<StreamKind, readonly string[]>>>;
  readonly attributedEmissionRao?: number;
}

/** Hands out the stream files of a recording under way. */
export class RecordingWriter {
  readonly #files: { readonly writer: StreamFileWriter; readonly kind: StreamKind }[] = [];

  constructor(
    readonly folder: string,
    readonly book: AddressBook,
  ) {}

  /**
   * A new file of a stream: `<kind>.arrow`, or the given path for a stream in many files (`stake/000001.arrow`), which
   * must be asked for in the order of their rows.
   */
  async stream(kind: StreamKind, path = `${kind}.arrow`): Promise<StreamFileWriter> {
    const writer = await StreamFileWriter.create(this.folder, kind, path, this.book);
    this.#files.push({ writer, kind });
    return writer;
  }

  /** Finishes the files and writes the manifest. It holds no time of its making and no path outside, so equal inputs give equal bytes. */
  async finish(description: RecordingDescription): Promise<RecordingManifest> {
    const streams: RecordingManifest["streams"] = {};
    for (const kind of STREAM_KINDS) {
      const files: RecordingStream["files"] = [];
      for (const file of this.#files) if (file.kind === kind) files.push(await file.writer.finish());
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
      coverage: description.coverage,
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
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a recording: `fill` writes the streams and says what they are. Whatever it throws, and an abort, leaves nothing
 * behind and an earlier recording as it was.
 * @throws TenureError `TEN-STREAM-009` to `-012` (rows), `-016` (output folder), `-017` (disk); the signal's reason
 */
export async function writeRecording(
  options: WriteRecordingOptions,
  fill: (recording: RecordingWriter) => Promise<RecordingDescription>,
): Promise<RecordingManifest> {
  options.signal?.throwIfAborted();
  const folder = await RecordingFolder.create(options.out, options.inputs);
  const recording = new RecordingWriter(folder.path, options.book);
  try {
    const manifest = await recording.finish(await fill(recording));
    options.signal?.throwIfAborted();
    await folder.commit();
    return manifest;
  } catch (error) {
    await recording.abandon();
    await folder.discard();
    throw error;
  }
}
