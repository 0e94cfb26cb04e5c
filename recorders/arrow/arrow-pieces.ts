import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { AsyncByteQueue } from "apache-arrow";

/** Where the Arrow writer leaves its buffers: a plain list instead of its queue, which keeps everything until it is read. */
export class ArrowPieces extends AsyncByteQueue {
  #list: Uint8Array[] = [];

  override write(piece: Uint8Array): void {
    this.#list.push(piece);
  }

  override close(): void {}

  take(): Uint8Array[] {
    const list = this.#list;
    this.#list = [];
    return list;
  }
}

/** Appends to a file and hashes what it appends. */
export class HashedOutput {
  readonly #hash = createHash("sha256");
  bytes = 0;

  constructor(readonly file: FileHandle) {}

  /** When it returns, the pieces are in the file and their memory may be used again. */
  async write(pieces: Uint8Array[]): Promise<void> {
    const written = this.#writeAll(pieces);
    // Hashes on this thread while the thread pool writes.
    for (const piece of pieces) {
      this.#hash.update(piece);
      this.bytes += piece.byteLength;
    }
    await written;
  }

  /** SHA-256 of all that was written, in hexadecimal. Ends the hashing. */
  digest(): string {
    return this.#hash.digest("hex");
  }

  async #writeAll(pieces: Uint8Array[]): Promise<void> {
    let rest = pieces;
    while (rest.length > 0) {
      let { bytesWritten } = await this.file.writev(rest);
      let whole = 0;
      while (whole < rest.length && bytesWritten >= rest[whole].byteLength) bytesWritten -= rest[whole++].byteLength;
      rest = rest.slice(whole);
      if (bytesWritten > 0) rest[0] = rest[0].subarray(bytesWritten);
    }
  }
}
