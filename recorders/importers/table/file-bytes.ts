import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { unreadable } from "./unreadable.js";

const PIECE_BYTES = 1 << 18;

/** Unpacks in pieces as large as those of a plain file. */
const unpacker = () => createGunzip({ chunkSize: PIECE_BYTES });

/** What a file is that zlib fails with, in our own words. */
function damageOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") return "a packed file that ends in the middle";
  return code === "Z_DATA_ERROR" && message === "incorrect header check" ? "no packed file (gzip)" : "a damaged packed file";
}

/** What one pass over a file tells. */
export interface ScannedFile {
  readonly bytes: number;
  /** Of the file as it lies there, compressed or not; hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a file once from its first byte to its last: hashes it, and shows its content (unpacked, where it is compressed).
 * The file is opened by its exact name; no part of it means anything else.
 * @throws TenureError `TEN-IMPORT-016`, and what `see` throws
 */
export async function scanFile(
  file: string,
  compressed: boolean,
  see: (bytes: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<ScannedFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  const hashed = async function* (pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  };
  const source = createReadStream(file, { highWaterMark: PIECE_BYTES });
  try {
    for await (const piece of hashed(source)) {
      signal?.throwIfAborted();
      if (!compressed) see(piece);
    }
  } catch (error) {
    throw unreadable(file, error, { found: "a file that changes while it is read", signal });
  }
  // By itself, since an unpacker is done before the file is where padding follows its last member.
  if (compressed) for await (const piece of readPieces(file, true, signal)) see(piece);
  return { bytes, sha256: hash.digest("hex") };
}

/** The content of a file piece by piece, unpacked where it is compressed. */
export async function* readPieces(file: string, compressed: boolean, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file, { highWaterMark: PIECE_BYTES });
  const unpacked = compressed ? source.pipe(unpacker()) : source;
  // An error of a piped stream does not pass on by itself.
  if (unpacked !== source) source.on("error", (error) => unpacked.destroy(error));
  try {
    for await (const piece of unpacked) {
      signal?.throwIfAborted();
      yield piece as Uint8Array;
    }
  } catch (error) {
    throw unreadable(file, error, { found: damageOf(error), signal });
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}
