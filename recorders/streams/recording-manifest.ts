import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { STREAM_KINDS, type StreamKind, TenureError } from "../../engine/index.js";
import { readManifestFile } from "../manifest-file.js";
import { isOfRun, RECORDING_FORMAT } from "../manifest-format.js";
import { checkSeal, sealed } from "../manifest-seal.js";
import { allowedBy, foundAt } from "../shape-words.js";
import { systemCode, systemWords } from "../system-words.js";
import { chainContradiction } from "./chain-contradiction.js";
import { chainSectionSchema } from "./chain-section.js";
import { FINISHED_DIR, RECORDING_MANIFEST_NAME } from "./recording-files.js";

export { RECORDING_FORMAT };
/** Raised when a reader of the older shape would misread the newer one. */
export const RECORDING_VERSION = 1;

/** Does a recording hold the whole subnet, or only some positions of it? */
export const COVERAGES = ["subnet", "partial"] as const;
export type Coverage = (typeof COVERAGES)[number];

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");
/** Inside the recording, `/` between names, nothing that could lead out of it. */
const filePath = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/, "expected a path inside the recording");

const fileSchema = z.strictObject({
  path: filePath,
  sha256,
  bytes: count,
  rows: count,
  /** First and last time; null without rows. */
  from_ms: count.nullable(),
  to_ms: count.nullable(),
  /** Lowest and highest known block; null when no row has one. */
  from_block: count.nullable(),
  to_block: count.nullable(),
});

const streamSchema = z.strictObject({
  rows: count,
  files: z.array(fileSchema).min(1),
  /** What a reader should know of this stream, in words: gaps and counts. */
  notes: z.array(z.string()),
});

const manifestSchema = z.strictObject({
  format: z.literal(RECORDING_FORMAT),
  version: z.literal(RECORDING_VERSION),
  tool: z.strictObject({ name: z.literal("tenure"), version: z.string() }),
  /** Of the stream files: `recordingDigest`. */
  digest: sha256,
  source: z.strictObject({
    importer: z.string(),
    /** What it was given, relative to the folder named, with `/` between names. */
    inputs: z.array(z.strictObject({ path: z.string(), bytes: count, sha256 })),
    options: z.record(z.string(), z.json()),
    netuids: z.array(count),
    chain: z.string().nullable(),
  }),
  coverage: z.enum(COVERAGES),
  /** Emission that the balances imply, rao; only where a source has balances and no emission events. */
  attributed_emission_rao: count.optional(),
  /** Counts of the importer, by name. */
  figures: z.record(z.string(), z.json()),
  /** Only where a chain was recorded. */
  chain: chainSectionSchema.optional(),
  streams: z.partialRecord(z.enum(STREAM_KINDS), streamSchema),
  notes: z.array(z.string()),
});

/** As it is in its file. Those of earlier versions have no seal. */
const sealedSchema = manifestSchema.extend({ seal: sha256.optional() });

export type RecordingManifest = z.infer<typeof manifestSchema>;
export type RecordingFile = z.infer<typeof fileSchema>;
export type RecordingStream = z.infer<typeof streamSchema>;
export type RecordingSource = RecordingManifest["source"];
/** Anything JSON holds. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;

/**
 * The digest of a recording: SHA-256 over the lines `<kind> <path> <sha256 of the file>`, kinds in the order of
 * `STREAM_KINDS`, files in theirs, each line ended by a line feed.
 */
export function recordingDigest(streams: RecordingManifest["streams"]): string {
  const hash = createHash("sha256");
  for (const kind of STREAM_KINDS) {
    for (const file of streams[kind]?.files ?? []) hash.update(`${kind} ${file.path} ${file.sha256}\n`);
  }
  return hash.digest("hex");
}

/** The text of a manifest: JSON, its seal last, lists of numbers on one line (there can be many blocks in them). */
export function recordingManifestText(manifest: RecordingManifest): string {
  const text = JSON.stringify(sealed(manifest), null, 2);
  return `${text.replace(/\[\n\s*(\d[\d,\s]*?)\s*\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, " ")}]`)}\n`;
}

/** What the text of a manifest begins with. */
export const RECORDING_MANIFEST_BEGINNING = `{\n  "format": ${JSON.stringify(RECORDING_FORMAT)},\n  "version": `;

/** The files of a recording's streams, with `/` between names. */
export function recordedFiles(manifest: RecordingManifest): string[] {
  return recordedKinds(manifest).flatMap((kind) => manifest.streams[kind]?.files.map(({ path }) => path) ?? []);
}

/** The kinds a recording holds, in the order of `STREAM_KINDS`. */
export function recordedKinds(manifest: RecordingManifest): StreamKind[] {
  return STREAM_KINDS.filter((kind) => manifest.streams[kind] !== undefined);
}

export interface ReadManifestOptions {
  /** The one before, where a newer recording is about to take its place. */
  readonly earlier?: boolean;
  /** Without the refusals `-041` and `-042`: for a check that tells all that is wrong. */
  readonly trusting?: boolean;
}

/**
 * Reads and checks the manifest of a recording (not its files).
 * @throws TenureError `TEN-STREAM-001` no such folder, `-002` no manifest in it, `-003` the manifest is damaged, `-004` its
 *   version is not known, `-014` files overlap or are not in order, `-018` its digest is not that of the files it lists,
 *   `-041` it contradicts itself, `-042` it was changed after it was written
 */
export async function readRecordingManifest(folder: string, options: ReadManifestOptions = {}): Promise<RecordingManifest> {
  if (options.earlier !== true) {
    const finished = join(folder, FINISHED_DIR);
    const text = await readManifestFile(join(finished, RECORDING_MANIFEST_NAME)).catch(() => undefined);
    if (text !== undefined) return checkManifest(text, join(finished, RECORDING_MANIFEST_NAME), options);
  }
  const file = join(folder, RECORDING_MANIFEST_NAME);
  return checkManifest(await readManifestText(folder, file), file, options);
}

/**
 * The same of exactly this folder.
 * @throws also the system's error
 */
export async function readManifestIn(folder: string): Promise<RecordingManifest> {
  const file = join(folder, RECORDING_MANIFEST_NAME);
  return checkManifest(await readManifestFile(file), file);
}

function checkManifest(text: string, file: string, { trusting }: ReadManifestOptions = {}): RecordingManifest {
  const value = parseManifestText(text, file);
  const { format, version } = (typeof value === "object" && value !== null ? value : {}) as { format?: unknown; version?: unknown };
  if (isOfRun(value)) {
    throw new TenureError({
      code: "TEN-STREAM-003",
      what: "This is a run folder, not a recording.",
      place: { file },
      found: "the manifest of a run",
      allowed: "a folder that `tenure import` or `tenure record` wrote",
      hint: "`tenure show` and `tenure verify` read a run; `tenure import run` makes a recording of it.",
    });
  }
  if (format !== RECORDING_FORMAT) throw damaged(file, "format", format, JSON.stringify(RECORDING_FORMAT));
  if (version !== RECORDING_VERSION) {
    throw new TenureError({
      code: "TEN-STREAM-004",
      what: "The recording has a format version that this Tenure does not know.",
      place: { file, path: "version" },
      found: version,
      allowed: String(RECORDING_VERSION),
      hint: "Import it again with this version, or use the version that wrote it.",
    });
  }
  const parsed = sealedSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw damaged(file, issue.path.join("."), foundAt(value, issue.path) ?? "nothing", allowedBy(issue));
  }
  const { seal: _, ...manifest } = parsed.data;
  checkFiles(manifest, file);
  if (trusting === true) return manifest;
  checkChain(manifest, file);
  refuseBrokenSeal(value as object, file);
  return manifest;
}

function checkChain(manifest: RecordingManifest, file: string): void {
  const contradiction = chainContradiction(manifest);
  if (contradiction === undefined) return;
  const { path, found, allowed } = contradiction;
  throw new TenureError({
    code: "TEN-STREAM-041",
    what: "The manifest of the recording contradicts itself.",
    place: { file, path },
    found,
    allowed,
    hint: "It was changed after it was written. Take it from where it came from, or record again.",
  });
}

function refuseBrokenSeal(value: object, file: string): void {
  const seal = checkSeal(value);
  if (seal === "whole" || seal === "none") return;
  throw new TenureError({
    code: "TEN-STREAM-042",
    what: "The manifest of the recording was changed after it was written.",
    place: { file, path: "seal" },
    found: seal.found,
    allowed: String(seal.expected),
    hint: "Take it from where it came from, or import the data again.",
  });
}

async function readManifestText(folder: string, file: string): Promise<string> {
  try {
    return await readManifestFile(file);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const folderIsThere = code === "ENOENT" && (await isFolder(folder));
    throw new TenureError({
      code: folderIsThere ? "TEN-STREAM-002" : "TEN-STREAM-001",
      what: folderIsThere ? "The folder is not a recording: it has no manifest.json." : "The recording cannot be read.",
      place: { file: folderIsThere ? file : folder },
      ...(folderIsThere ? {} : { found: systemWords(code) }),
      allowed: "a folder that `tenure import` or `tenure record` wrote",
      hint: "Check the path (scenarios start at --data), or import the data first.",
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function parseManifestText(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(file, "", error instanceof Error ? error.message : undefined, "JSON");
  }
}

function damaged(file: string, path: string, found: unknown, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-STREAM-003",
    what: "The manifest of the recording is damaged.",
    place: path === "" ? { file } : { file, path },
    ...(found === undefined ? {} : { found }),
    allowed,
    hint: "Import the data again.",
  });
}

function checkFiles(manifest: RecordingManifest, place: string): void {
  for (const kind of recordedKinds(manifest)) {
    const stream = manifest.streams[kind] as RecordingStream;
    let last: RecordingFile | undefined;
    let rows = 0;
    for (const [index, file] of stream.files.entries()) {
      rows += file.rows;
      if (file.from_ms === null || file.to_ms === null) {
        if (file.rows > 0) throw damaged(place, `streams.${kind}.files.${index}.from_ms`, null, "a time, since the file has rows");
        continue;
      }
      if (file.from_ms > file.to_ms) throw damaged(place, `streams.${kind}.files.${index}.to_ms`, file.to_ms, `${file.from_ms} or more`);
      if (last !== undefined && file.from_ms < (last.to_ms as number)) {
        throw new TenureError({
          code: "TEN-STREAM-014",
          what: "The files of a stream overlap or are not in order.",
          place: { file: place, path: `streams.${kind}.files.${index}` },
          found: `${file.path} from ${file.from_ms} ms`,
          allowed: `from ${last.to_ms} ms on, where ${last.path} ends`,
          hint: "Import the data again.",
        });
      }
      last = file;
    }
    if (rows !== stream.rows) throw damaged(place, `streams.${kind}.rows`, stream.rows, `${rows}, the sum over its files`);
  }
  const digest = recordingDigest(manifest.streams);
  if (digest !== manifest.digest) {
    throw new TenureError({
      code: "TEN-STREAM-018",
      what: "The manifest's digest is not that of the files it lists.",
      place: { file: place, path: "digest" },
      found: manifest.digest,
      allowed: digest,
      hint: "Import the data again.",
    });
  }
}
