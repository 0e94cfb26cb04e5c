import { type AddressBook, type ColumnBatch, columnIndex, STREAMS, type StreamKind, TenureError } from "../../engine/index.js";
import { recordedFilePath } from "./recording-files.js";
import { type Coverage, type RecordingFile, type RecordingManifest, readRecordingManifest, recordedKinds } from "./recording-manifest.js";
import { RowCheck } from "./row-check.js";
import { decodeStreamBatch } from "./stream-columns.js";
import { readStreamBatches, readStreamFileHead, type StreamFileHead } from "./stream-file-reader.js";

/** One kind of a recording, ready to be read any number of times. */
export interface RecordedStream {
  readonly kind: StreamKind;
  readonly files: readonly RecordingFile[];
  readonly rows: number;
  readonly coverage: Coverage;
  /**
   * The rows, chunk by chunk, each in arrays of its own. All addresses of the stream are interned at the call itself, in
   * the order of the files and their dictionaries, so ids depend on the order of the calls and on nothing else.
   * Iterating refuses with `TEN-STREAM-007` and `-009` to `-014`.
   */
  openChunks(addresses: AddressBook): AsyncIterable<ColumnBatch>;
}

export interface Recording {
  readonly folder: string;
  readonly manifest: RecordingManifest;
  /** In the order of `STREAM_KINDS`. */
  readonly streams: readonly RecordedStream[];
}

export interface OpenRecordingOptions {
  /** Only these kinds; all when left out. */
  readonly kinds?: readonly StreamKind[];
  /** Compare every file with its SHA-256 before any row is used; true when left out. */
  readonly verify?: boolean;
  /** Also one whose manifest was changed after it was written or contradicts itself; false when left out. */
  readonly trusting?: boolean;
  /** Told of bytes verified. */
  readonly onProgress?: (done: number, total: number, label: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Opens a recording: its manifest, and of each file checksum, schema and addresses. Rows are read by `openChunks`.
 * @throws TenureError `TEN-STREAM-001` to `-008`, `-014`, `-015` (a kind it does not hold), `-018`, `-041`, `-042`
 */
export async function openRecording(folder: string, options: OpenRecordingOptions = {}): Promise<Recording> {
  const { verify = true, trusting = false, onProgress, signal } = options;
  const manifest = await readRecordingManifest(folder, { trusting });
  const held = recordedKinds(manifest);
  for (const kind of options.kinds ?? []) {
    if (!held.includes(kind)) {
      throw new TenureError({
        code: "TEN-STREAM-015",
        what: "The recording does not hold this kind of stream.",
        place: { file: folder },
        found: kind,
        allowed: held.join(", "),
      });
    }
  }
  const kinds = held.filter((kind) => options.kinds?.includes(kind) ?? true);
  const total = kinds.flatMap((kind) => manifest.streams[kind]?.files ?? []).reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  const streams: RecordedStream[] = [];
  for (const kind of kinds) {
    const files = manifest.streams[kind]?.files ?? [];
    const heads: StreamFileHead[] = [];
    for (const file of files) {
      const onBytes = (bytes: number) => {
        signal?.throwIfAborted();
        done += bytes;
        onProgress?.(done, total, file.path);
      };
      heads.push(await readStreamFileHead(kind, await recordedFilePath(folder, file.path), file, verify, onBytes));
    }
    streams.push(new FileStream(folder, kind, files, heads, manifest.coverage));
  }
  return { folder, manifest, streams };
}

class FileStream implements RecordedStream {
  readonly rows: number;

  constructor(
    readonly folder: string,
    readonly kind: StreamKind,
    readonly files: readonly RecordingFile[],
    readonly heads: readonly StreamFileHead[],
    readonly coverage: Coverage,
  ) {
    this.rows = files.reduce((sum, file) => sum + file.rows, 0);
  }

  openChunks(addresses: AddressBook): AsyncIterable<ColumnBatch> {
    const ids = this.heads.map((head) => Int32Array.from(head.addresses, (address) => addresses.intern(address)));
    return this.#chunks(ids);
  }

  async *#chunks(ids: readonly Int32Array[]): AsyncGenerator<ColumnBatch> {
    const check = new RowCheck(this.kind, this.folder);
    for (const [index, file] of this.files.entries()) {
      const path = await recordedFilePath(this.folder, file.path);
      const range = new FileRange(this.kind, path, file);
      for await (const batch of readStreamBatches(path)) {
        if (batch.numRows === 0) continue;
        const chunk = decodeStreamBatch(this.kind, batch, this.heads[index].places, ids[index], check);
        range.take(chunk);
        check.check(chunk);
        yield chunk;
      }
      range.end();
    }
  }
}

/** Compares the rows of a file with what its manifest says of them. */
class FileRange {
  readonly #blocks: number;
  #rows = 0;
  #toMs: number | null = null;
  #highestBlock = -1;
  #lowestBlock = Number.POSITIVE_INFINITY;

  constructor(
    readonly kind: StreamKind,
    readonly path: string,
    readonly file: RecordingFile,
  ) {
    this.#blocks = columnIndex(STREAMS[kind], "block");
  }

  take(chunk: ColumnBatch): void {
    const times = chunk.columns[0] as Float64Array;
    if (this.#rows === 0 && times[0] !== this.file.from_ms) this.#refuseRange("from_ms", times[0], this.file.from_ms);
    this.#rows += chunk.rows;
    // Before the rows are handed out: a manifest must not promise fewer rows than are used.
    if (this.#rows > this.file.rows) this.#refuseRows();
    this.#toMs = times[chunk.rows - 1];
    if (this.#blocks === -1) return;
    const blocks = chunk.columns[this.#blocks] as Int32Array;
    for (let row = 0; row < chunk.rows; row++) {
      const block = blocks[row];
      if (block > this.#highestBlock) this.#highestBlock = block;
      if (block >= 0 && block < this.#lowestBlock) this.#lowestBlock = block;
    }
  }

  end(): void {
    if (this.#rows !== this.file.rows) this.#refuseRows();
    if (this.#toMs !== this.file.to_ms) this.#refuseRange("to_ms", this.#toMs, this.file.to_ms);
    const lowest = this.#highestBlock < 0 ? null : this.#lowestBlock;
    if (lowest !== this.file.from_block) this.#refuseRange("from_block", lowest, this.file.from_block);
    const highest = this.#highestBlock < 0 ? null : this.#highestBlock;
    if (highest !== this.file.to_block) this.#refuseRange("to_block", highest, this.file.to_block);
  }

  #refuseRows(): never {
    throw new TenureError({
      code: "TEN-STREAM-013",
      what: "A stream file does not have as many rows as the manifest says.",
      place: { file: this.path, stream: this.kind },
      found: this.#rows > this.file.rows ? `at least ${this.#rows}` : this.#rows,
      allowed: String(this.file.rows),
      hint: "Import the data again.",
    });
  }

  #refuseRange(name: string, found: number | null, allowed: number | null): never {
    throw new TenureError({
      code: "TEN-STREAM-014",
      what: "The rows of a stream file are not from the range the manifest gives.",
      place: { file: this.path, stream: this.kind, path: name },
      found,
      allowed: String(allowed),
      hint: "The files of the recording were exchanged; import the data again.",
    });
  }
}
