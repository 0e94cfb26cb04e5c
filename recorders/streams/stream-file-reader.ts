import { type FileHandle, open, stat } from "node:fs/promises";
import { DataType, type Dictionary, type RecordBatch, RecordBatchReader, type Schema, type Utf8, type Vector } from "apache-arrow";
import { type ColumnDeclaration, STREAMS, type StreamKind, TenureError } from "../../engine/index.js";
import { checkArrowFrame } from "../arrow/arrow-frame.js";
import { hashFile } from "../file-hash.js";
import { systemCode, systemWords } from "../system-words.js";
import type { RecordingFile } from "./recording-manifest.js";
import type { ColumnPlaces } from "./stream-columns.js";
import { isShared, streamColumnType } from "./stream-schema.js";

const MAGIC = "ARROW1";
/** Magic and padding at the start; footer, its length and magic at the end. */
const LEAST_BYTES = 24;

/** What is known of a stream file before its rows are read. */
export interface StreamFileHead {
  readonly places: ColumnPlaces;
  /** The addresses its rows name, in the order of its dictionary. */
  readonly addresses: readonly string[];
}

function unreadable(path: string, found: unknown): TenureError {
  return new TenureError({
    code: "TEN-STREAM-007",
    what: "A stream file is truncated, or is no Arrow file.",
    place: { file: path },
    found,
    allowed: "an Arrow IPC file as Tenure wrote it",
    hint: "Import the data again.",
  });
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // Looked at before it is opened: a pipe would wait for somebody who writes into it.
    const found = await stat(path);
    if (!found.isFile()) throw unreadable(path, "something that is not a file");
    return await open(path, "r");
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new TenureError({
      code: "TEN-STREAM-005",
      what: "A file of the recording is missing or cannot be read.",
      place: { file: path },
      found: systemWords(code),
      allowed: "every file that the recording's manifest names",
      hint: "Import the data again.",
    });
  }
}

/** Is it an Arrow file from its first to its last bytes? Said before any checksum, because it says more. */
async function checkEnds(file: FileHandle, path: string): Promise<number> {
  const { size } = await file.stat();
  if (size < LEAST_BYTES) throw unreadable(path, `${size} bytes`);
  const ends = Buffer.alloc(MAGIC.length * 2);
  await file.read(ends, 0, MAGIC.length, 0);
  await file.read(ends, MAGIC.length, MAGIC.length, size - MAGIC.length);
  if (ends.toString("latin1", 0, MAGIC.length) !== MAGIC) throw unreadable(path, "other bytes at the start");
  if (ends.toString("latin1", MAGIC.length) !== MAGIC) throw unreadable(path, "other bytes at the end");
  return size;
}

/** @throws TenureError `TEN-STREAM-006` when the file is not the one its manifest describes */
async function checkHash(path: string, size: number, expected: RecordingFile, onBytes?: (bytes: number) => void): Promise<void> {
  const found = size === expected.bytes ? await hashFile(path, onBytes) : `${size} bytes`;
  if (found === expected.sha256) return;
  throw new TenureError({
    code: "TEN-STREAM-006",
    what: "A stream file is not the one the manifest describes: its checksum differs.",
    place: { file: path },
    found,
    allowed: size === expected.bytes ? expected.sha256 : `${expected.bytes} bytes`,
    hint: "It was changed or damaged since; import the data again.",
  });
}

function mismatch(path: string, column: string, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-STREAM-008",
    what: "A stream file does not have the columns of its kind.",
    place: { file: path, path: column },
    found,
    allowed,
    hint: "Import the data again with this version of Tenure.",
  });
}

/** Types as text, without dictionary ids: which id a file uses is its own affair. */
function typeName(type: DataType): string {
  return DataType.isDictionary(type) ? `Dictionary<${type.indices}, ${type.dictionary}>` : String(type);
}

function checkSchema(kind: StreamKind, schema: Schema, path: string): ColumnPlaces {
  const { columns } = STREAMS[kind];
  for (const field of schema.fields) {
    if (!columns.some((column) => column.name === field.name)) {
      throw mismatch(path, field.name, "a column of that name", columns.map((column) => column.name).join(", "));
    }
  }
  return columns.map((column, index) => {
    const place = schema.fields.findIndex((field) => field.name === column.name);
    if (place === -1) {
      if (column.optional === true) return -1;
      throw mismatch(path, column.name, "no such column", typeName(streamColumnType(column, index)));
    }
    const [found, expected] = [typeName(schema.fields[place].type), typeName(streamColumnType(column, index))];
    if (found !== expected) throw mismatch(path, column.name, found, expected);
    return place;
  });
}

/** A choice's codes mean what they mean here: its dictionary is the declared names, or the first of them (an older file). */
function checkChoice(column: ColumnDeclaration, names: readonly string[], path: string): void {
  const declared = column.values ?? [];
  if (names.length > 0 && names.every((name, code) => name === declared[code])) return;
  throw mismatch(path, column.name, names.join(", "), declared.join(", "));
}

function readAddresses(kind: StreamKind, schema: Schema, places: ColumnPlaces, dictionaries: Map<number, Vector>, path: string): string[] {
  let shared: number | undefined;
  let addresses: string[] = [];
  for (const [index, column] of STREAMS[kind].columns.entries()) {
    const place = places[index];
    if (place === -1 || (!isShared(column) && column.type !== "choice")) continue;
    const { id } = schema.fields[place].type as Dictionary;
    if (isShared(column) && id === shared) continue;
    const names = [...((dictionaries.get(id) ?? []) as Iterable<Utf8["TValue"] | null>)];
    if (names.includes(null)) throw mismatch(path, column.name, "an empty entry in the dictionary", "text");
    if (column.type === "choice") {
      checkChoice(column, names as string[], path);
    } else if (shared === undefined) {
      shared = id;
      addresses = names as string[];
    } else {
      throw mismatch(path, column.name, `dictionary ${id}`, `dictionary ${shared}, shared by all address columns`);
    }
  }
  return addresses;
}

async function withReader<T>(path: string, file: FileHandle, work: (reader: RecordBatchReader) => Promise<T>): Promise<T> {
  try {
    await checkArrowFrame(file);
    // By file handle the library fetches batch by batch; from a byte stream it would load the whole file.
    const reader = await RecordBatchReader.from(file);
    await reader.open({ autoDestroy: false });
    return await work(reader as RecordBatchReader);
  } catch (error) {
    throw error instanceof TenureError ? error : unreadable(path, error instanceof Error ? error.message : error);
  }
}

/**
 * Opens a stream file, checks all that can be checked without its rows, and closes it.
 * @throws TenureError `TEN-STREAM-005` to `-008`
 */
export async function readStreamFileHead(
  kind: StreamKind,
  path: string,
  expected: RecordingFile,
  verify: boolean,
  onBytes?: (bytes: number) => void,
): Promise<StreamFileHead> {
  const file = await openFile(path);
  try {
    const size = await checkEnds(file, path);
    if (verify) await checkHash(path, size, expected, onBytes);
    const { schema, dictionaries } = await withReader(path, file, async (reader) => reader);
    const places = checkSchema(kind, schema, path);
    return { places, addresses: readAddresses(kind, schema, places, dictionaries, path) };
  } finally {
    await file.close();
  }
}

/** The record batches of a stream file, one in memory at a time. */
export async function* readStreamBatches(path: string): AsyncGenerator<RecordBatch> {
  const file = await openFile(path);
  try {
    const batches = await withReader(path, file, async (reader) =>
      (reader as unknown as AsyncIterable<RecordBatch>)[Symbol.asyncIterator](),
    );
    for (;;) {
      const next = await batches.next().catch((error: unknown) => {
        throw unreadable(path, error instanceof Error ? error.message : error);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await file.close();
  }
}
