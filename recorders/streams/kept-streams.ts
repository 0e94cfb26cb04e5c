import { constants } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type StreamKind, TenureError } from "../../engine/index.js";
import { systemCode } from "../system-words.js";
import { writeRefusal } from "./file-refusal.js";
import { openRecording } from "./recording.js";
import type { RecordingDescription } from "./recording-description.js";
import { earlierRecording } from "./recording-folder.js";
import { type Coverage, type JsonValue, type RecordingManifest, type RecordingStream, recordedKinds } from "./recording-manifest.js";

/** Streams that emission is attributed from: with one more of them, what was attributed no longer holds. */
const ATTRIBUTED_FROM: readonly StreamKind[] = ["stake", "emission", "balances"];

/** The recording that a stream is added to: its other streams are carried over, byte for byte. */
export class KeptStreams {
  private constructor(
    readonly folder: string,
    readonly manifest: RecordingManifest,
  ) {}

  /**
   * The recording in a folder, its files checked against their SHA-256; undefined where there is none.
   * @throws TenureError what `openRecording` names
   */
  static async of(folder: string): Promise<KeptStreams | undefined> {
    const manifest = await earlierRecording(folder);
    if (manifest === undefined) return undefined;
    await openRecording(folder);
    return new KeptStreams(folder, manifest);
  }

  /**
   * Carries a stream over unless it was written anew.
   * @returns undefined when the recording has no such stream
   * @throws TenureError `TEN-STREAM-017`, `TEN-IMPORT-025` it has the stream, and it is another one
   */
  async carry(kind: StreamKind, written: readonly { readonly sha256: string }[], to: string): Promise<RecordingStream | undefined> {
    const stream = this.manifest.streams[kind];
    if (stream === undefined) return undefined;
    if (written.length > 0) {
      const same = written.length === stream.files.length && written.every((file, at) => file.sha256 === stream.files[at].sha256);
      if (same) return undefined;
      throw new TenureError({
        code: "TEN-IMPORT-025",
        what: "The recording holds this kind of stream, and it is another one.",
        place: { file: this.folder, stream: kind },
        found: kind,
        allowed: `a kind that it does not hold yet: it holds ${recordedKinds(this.manifest).join(", ")}`,
        hint: "Begin the recording anew with --out, or join the two tables into one file.",
      });
    }
    for (const { path } of stream.files) {
      const target = join(to, path);
      try {
        await mkdir(dirname(target), { recursive: true });
        await copyFile(join(this.folder, path), target, constants.COPYFILE_FICLONE);
      } catch (error) {
        throw systemCode(error) === undefined ? error : writeRefusal(error, target);
      }
    }
    return stream;
  }

  /** What is to be said of the whole recording. */
  describe(added: RecordingDescription, kinds: readonly StreamKind[]): RecordingDescription {
    const { source, notes, figures, attributed_emission_rao: attributed } = this.manifest;
    const importers = [...new Set([...source.importer.split("+"), added.source.importer])];
    const keepsAttribution = attributed !== undefined && !kinds.some((kind) => ATTRIBUTED_FROM.includes(kind));
    const streamNotes = Object.fromEntries(recordedKinds(this.manifest).map((kind) => [kind, this.manifest.streams[kind]?.notes ?? []]));
    return {
      source: {
        importer: importers.join("+"),
        inputs: [...source.inputs.filter((old) => !added.source.inputs.some((input) => isSame(old, input))), ...added.source.inputs],
        options: { ...source.options, ...added.source.options, tables: tablesOf(source.options, added.source.options) },
        netuids: [...new Set([...source.netuids, ...added.source.netuids])].sort((a, b) => a - b),
        chain: source.chain ?? added.source.chain,
      },
      coverage: this.#coverage(added.coverage),
      figures: { ...figures, ...added.figures },
      notes: [...notes, ...added.notes],
      streamNotes: { ...streamNotes, ...added.streamNotes },
      ...(keepsAttribution ? { attributedEmissionRao: attributed } : {}),
    };
  }

  #coverage(asked: Coverage | undefined): Coverage {
    const { coverage } = this.manifest;
    if (asked === undefined || asked === coverage) return coverage;
    throw new TenureError({
      code: "TEN-IMPORT-026",
      what: "A recording has one coverage, and this one has another.",
      place: { file: this.folder, path: "coverage" },
      found: asked,
      allowed: coverage,
      hint: "Leave --coverage out, or put the table into a recording of its own.",
    });
  }
}

type SourceInput = RecordingManifest["source"]["inputs"][number];

function isSame(a: SourceInput, b: SourceInput): boolean {
  return a.path === b.path && a.sha256 === b.sha256;
}

/** How each table of the recording was read; one that is imported again once. */
function tablesOf(kept: Readonly<Record<string, JsonValue>>, added: Readonly<Record<string, JsonValue>>): JsonValue[] {
  const listed = [kept.tables ?? [], added.tables ?? []].flatMap((tables) => (Array.isArray(tables) ? tables : []));
  const texts = [...new Set(listed.map((table) => JSON.stringify(table)))];
  return texts.map((text) => JSON.parse(text));
}
