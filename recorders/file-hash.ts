import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

const PIECE_BYTES = 1 << 20;

/**
 * SHA-256 of a file in hexadecimal, read piece by piece.
 * @param onBytes told how many bytes each piece had; may throw to stop
 */
export async function hashFile(path: string, onBytes?: (bytes: number) => void): Promise<string> {
  const file = await open(path, "r");
  try {
    return await hashHandle(file, onBytes);
  } finally {
    await file.close();
  }
}

async function hashHandle(file: FileHandle, onBytes?: (bytes: number) => void): Promise<string> {
  const hash = createHash("sha256");
  let [next, current] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
  let pending = file.read(next, 0, PIECE_BYTES, 0);
  for (let at = 0; ; ) {
    const { bytesRead } = await pending;
    if (bytesRead === 0) return hash.digest("hex");
    at += bytesRead;
    [current, next] = [next, current];
    // The next piece is read while this one is hashed.
    pending = file.read(next, 0, PIECE_BYTES, at);
    pending.catch(() => undefined);
    hash.update(current.subarray(0, bytesRead));
    onBytes?.(bytesRead);
  }
}
