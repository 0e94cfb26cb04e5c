import type { FileHandle } from "node:fs/promises";
import { signedFormat } from "../file-signature.js";
import { BLOCK_BYTES, FOOTER, MESSAGE, MESSAGE_KINDS, PAIR_BYTES } from "./arrow-metadata.js";
import { BadFlatBufferError, FlatBuffer, type FlatShape } from "./flat-buffer.js";

/** An Arrow file that the library may not be given; its message says what the file is, in words that end a sentence. */
export class BadArrowError extends Error {
  constructor(
    message: string,
    /** What to do, where it is not for want of damage. */
    readonly hint?: string,
  ) {
    super(message);
  }
}

const MAGIC = Buffer.from("ARROW1");
/** The magic, filled up to 8 bytes. */
const START_BYTES = 8;
/** Length of the footer and magic. */
const END_BYTES = 4 + MAGIC.length;
/** Of what says that a stream ends. */
const LONGEST_END_BYTES = 8;
/** What may lie between the last rows of a file and its footer: the mark of the end, and what fills it up. */
const MOST_FILLING_BYTES = 256;
/** Of metadata; those of a thousand fields take about 100 kB. */
const MOST_METADATA_BYTES = 1 << 28;
const COMPRESSIONS = ["LZ4", "ZSTD"];
const ENDS_IN_THE_MIDDLE = "an Arrow file that ends in the middle";

/** Where a message of an Arrow file lies. */
interface Extent {
  readonly from: number;
  readonly to: number;
}

interface Message extends Extent {
  readonly kind: (typeof MESSAGE_KINDS)[number];
  readonly metadataBytes: number;
  readonly bodyBytes: number;
  /** Of a schema. */
  readonly fields: FieldNodes | undefined;
}

/** The nodes that describe the columns of a record batch, those of lists and objects inside them included. */
interface FieldNodes {
  /** Place of the node of each field. */
  readonly places: readonly number[];
  readonly count: number;
}

/** What of a sound file is left to be told. */
export interface ArrowFrame {
  /** A stream that ends without the mark that says so, which is legal: where it was cut between two messages nothing shows it. */
  readonly endsUnmarked: boolean;
}

const damaged = (what: string) => new BadArrowError(`a damaged Arrow file: ${what}`);

/**
 * Checks all of an Arrow file or stream that the library takes on trust, before it is given to it: where its messages lie, that
 * everything their metadata point to is there, and that no more rows are claimed than bytes can hold. With any of that wrong
 * the library may read for ever or ask for all memory. The values of rows are not looked at.
 * @throws BadArrowError
 */
export async function checkArrowFrame(file: FileHandle): Promise<ArrowFrame> {
  const { size } = await file.stat();
  const start = await bytesOf(file, 0, Math.min(size, START_BYTES));
  try {
    if (!start.subarray(0, MAGIC.length).equals(MAGIC)) return { endsUnmarked: !(await checkStream(file, size, start)) };
    await checkFile(file, size);
    return { endsUnmarked: false };
  } catch (error) {
    throw error instanceof BadFlatBufferError ? damaged("what describes its rows points out of itself") : error;
  }
}

async function checkFile(file: FileHandle, size: number): Promise<void> {
  if (size < START_BYTES + END_BYTES) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
  const end = await bytesOf(file, size - END_BYTES, END_BYTES);
  if (!end.subarray(4).equals(MAGIC)) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
  const footerBytes = end.readInt32LE(0);
  const footerFrom = size - END_BYTES - footerBytes;
  if (footerBytes <= 0 || footerFrom < START_BYTES) throw damaged("its footer is longer than the file");
  const footer = await metadataOf(file, footerFrom, footerBytes, FOOTER);
  checkVersion(footer);
  const schema = footer.table(footer.root, 1);
  if (schema === undefined) throw damaged("its footer names no fields");
  const fields = fieldNodes(footer, schema);
  await checkAlone(file, footer, footerFrom);
  const messages: Message[] = [];
  for (const [slot, kind] of [
    [2, "dictionary"],
    [3, "batch"],
  ] as const) {
    for (const block of footer.entries(footer.root, slot, BLOCK_BYTES)) {
      const from = Number(block.getBigInt64(0, true));
      const message = from < START_BYTES ? undefined : await messageAt(file, from, footerFrom, fields);
      if (message === undefined || message.kind !== kind) throw damaged("its footer names a place at which there are no rows");
      const isSame = message.metadataBytes === block.getInt32(8, true) && BigInt(message.bodyBytes) === block.getBigInt64(16, true);
      if (!isSame) throw damaged("its footer and its messages disagree on their lengths");
      messages.push(message);
    }
  }
  // Each byte is read once at most.
  messages.sort((a, b) => a.from - b.from);
  if (messages.some(({ from }, at) => at > 0 && from < messages[at - 1].to)) throw damaged("its footer names rows twice");
}

/**
 * Refuses two files in one: the footer of the last one names places of its own, and what it names in the first one is read instead.
 * That it is so is proven by a beginning right behind an end, from where on all that the footer names fits before the footer.
 */
async function checkAlone(file: FileHandle, footer: FlatBuffer, footerFrom: number): Promise<void> {
  // End of all that the footer names, from the beginning of its file.
  let rowsTo = 0;
  for (const slot of [2, 3]) {
    for (const block of footer.entries(footer.root, slot, BLOCK_BYTES)) {
      rowsTo = Math.max(rowsTo, Number(block.getBigInt64(0, true)) + block.getInt32(8, true) + Number(block.getBigInt64(16, true)));
    }
  }
  const latest = footerFrom - rowsTo;
  if (rowsTo === 0 || latest < rowsTo) return;
  const from = Math.max(rowsTo, latest - MOST_FILLING_BYTES);
  const piece = await bytesOf(file, from - MAGIC.length, latest - from + 2 * MAGIC.length);
  if (!piece.includes(Buffer.concat([MAGIC, MAGIC]))) return;
  throw new BadArrowError(
    "several Arrow files one behind the other, of which one alone would be read",
    "Import each of them, or join their rows: pyarrow.concat_tables, or one CSV.",
  );
}

/** Does the stream say that it ends? */
async function checkStream(file: FileHandle, size: number, start: Buffer): Promise<boolean> {
  const other = signedFormat(start);
  const noArrow = new BadArrowError(other === undefined ? "no Arrow file" : `${other}, no Arrow file`);
  if (other !== undefined) throw noArrow;
  let first: Message | undefined;
  try {
    first = await messageAt(file, 0, size);
  } catch (error) {
    // A stream says of nothing but its first message that it is one.
    throw error instanceof BadFlatBufferError || (error instanceof BadArrowError && error.hint === undefined) ? noArrow : error;
  }
  if (first?.kind !== "schema") throw noArrow;
  for (let at = first.to; at < size; ) {
    const next = await messageAt(file, at, size, first.fields);
    // The library ends here, too, with whatever follows unread.
    if (next === undefined && size - at > LONGEST_END_BYTES) throw damaged("it goes on after its end");
    if (next === undefined) return true;
    if (next.kind === "schema") throw damaged("its fields are named twice");
    at = next.to;
  }
  return false;
}

/**
 * The message that begins at a place; undefined where it says that none follows.
 * @param end of the messages in the file
 * @param fields of the file's schema, once it is known
 */
async function messageAt(file: FileHandle, from: number, end: number, fields?: FieldNodes): Promise<Message | undefined> {
  if (from > end - 4) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
  const prefix = await bytesOf(file, from, Math.min(8, end - from));
  // Before version 0.15 the length came first.
  const isContinued = prefix.readInt32LE(0) === -1;
  if (isContinued && prefix.length < 8) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
  const prefixBytes = isContinued ? 8 : 4;
  const length = prefix.readInt32LE(prefixBytes - 4);
  if (length === 0) return undefined;
  const bodyFrom = from + prefixBytes + length;
  if (length < 0) throw damaged("one of its messages has no length");
  if (bodyFrom > end) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
  const metadata = await metadataOf(file, from + prefixBytes, length, MESSAGE);
  const { root } = metadata;
  const body = metadata.long(root, 3);
  if (body < 0n) throw damaged("one of its messages has no length");
  if (BigInt(bodyFrom) + body > BigInt(end)) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
  const kind = MESSAGE_KINDS[metadata.byte(root, 1)];
  const header = metadata.table(root, 2);
  if (header === undefined) throw damaged("one of its messages says nothing");
  checkVersion(metadata);
  const bodyBytes = Number(body);
  const message = { kind, from, to: bodyFrom + bodyBytes, metadataBytes: prefixBytes + length, bodyBytes };
  if (kind === "schema") return { ...message, fields: fieldNodes(metadata, header) };
  const batch = kind === "dictionary" ? metadata.table(header, 1) : header;
  if (batch === undefined) throw damaged("one of its messages says nothing");
  checkBatch(metadata, batch, bodyBytes);
  if (kind === "batch" && fields !== undefined) checkColumns(metadata, batch, fields);
  return { ...message, fields: undefined };
}

function checkVersion(metadata: FlatBuffer): void {
  const version = metadata.short(metadata.root, 0);
  if (version === 3 || version === 4) return;
  throw new BadArrowError("an Arrow file of a version that is not read", "Write it anew, with Arrow 0.8 or later, or as Parquet.");
}

function fieldNodes(metadata: FlatBuffer, schema: number): FieldNodes {
  if (metadata.short(schema, 0) !== 0) {
    throw new BadArrowError("an Arrow file with its numbers in big-endian order", "Write it in little-endian order, or as Parquet.");
  }
  const count = (field: number): number => {
    // Of a dictionary only the indexes are in a batch.
    if (metadata.table(field, 4) !== undefined) return 1;
    return [...metadata.tables(field, 5)].reduce((sum, child) => sum + count(child), 1);
  };
  const places: number[] = [];
  let nodes = 0;
  for (const field of metadata.tables(schema, 1)) {
    places.push(nodes);
    nodes += count(field);
  }
  if (nodes === 0) throw new BadArrowError("an Arrow file without fields", "Check that it was written whole.");
  return { places, count: nodes };
}

/** Each field has as many rows as the batch: the library fills up what is missing. */
function checkColumns(metadata: FlatBuffer, batch: number, { places, count }: FieldNodes): void {
  const lengths = Array.from(metadata.entries(batch, 1, PAIR_BYTES), (node) => node.getBigInt64(0, true));
  const rows = metadata.long(batch, 0);
  if (lengths.length === count && places.every((place) => lengths[place] === rows)) return;
  throw damaged("its fields are not those that it names, or not all of one length");
}

function checkBatch(metadata: FlatBuffer, batch: number, bodyBytes: number): void {
  const compression = metadata.table(batch, 3);
  if (compression !== undefined) {
    const name = COMPRESSIONS[metadata.byte(compression, 0)];
    throw new BadArrowError(
      `an Arrow file with its rows packed${name === undefined ? "" : ` by ${name}`}`,
      "Write it without compression (pyarrow and pandas: compression='uncompressed'), or as Parquet.",
    );
  }
  // A row takes a bit at least.
  const mostRows = BigInt(bodyBytes) * 8n;
  const isCount = (rows: bigint) => rows >= 0n && rows <= mostRows;
  if (!isCount(metadata.long(batch, 0))) throw damaged("it claims more rows than it has bytes for");
  for (const node of metadata.entries(batch, 1, PAIR_BYTES)) {
    const [rows, nulls] = [node.getBigInt64(0, true), node.getBigInt64(8, true)];
    if (!isCount(rows) || nulls < 0n || nulls > rows) throw damaged("it claims more rows than it has bytes for");
  }
  for (const buffer of metadata.entries(batch, 2, PAIR_BYTES)) {
    const [offset, length] = [buffer.getBigInt64(0, true), buffer.getBigInt64(8, true)];
    if (offset < 0n || length < 0n || offset + length > BigInt(bodyBytes)) throw damaged("its values lie outside of its rows");
  }
  for (const count of metadata.entries(batch, 4, 8)) {
    const buffers = count.getBigInt64(0, true);
    if (buffers < 0n || buffers > mostRows) throw damaged("it claims more values than it has bytes for");
  }
}

async function metadataOf(file: FileHandle, from: number, length: number, shape: FlatShape): Promise<FlatBuffer> {
  if (length > MOST_METADATA_BYTES) throw damaged("what describes its rows is too long");
  return new FlatBuffer(await bytesOf(file, from, length), shape);
}

async function bytesOf(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, from + at);
    if (bytesRead === 0) throw new BadArrowError(ENDS_IN_THE_MIDDLE);
    at += bytesRead;
  }
  return bytes;
}
