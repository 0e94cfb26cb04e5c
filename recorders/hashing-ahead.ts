import { Worker } from "node:worker_threads";
import { workerFile } from "./worker-file.js";

/** What the thread says of a file: null where it could not be read, of which who asks is to find out for himself. */
export interface HashedAhead {
  readonly path: string;
  readonly sha256: string | null;
}

/**
 * SHA-256 of files in hexadecimal, worked out in their order by a thread of its own while this one goes on. Null for a file that could
 * not be read, and for all that are left where the machine gives no thread.
 */
export function hashAhead(paths: readonly string[]): ReadonlyMap<string, Promise<string | null>> {
  const settle = new Map<string, (sha256: string | null) => void>();
  const hashes = new Map(paths.map((path) => [path, new Promise<string | null>((resolve) => settle.set(path, resolve))]));
  const giveUp = () => {
    for (const resolve of settle.values()) resolve(null);
  };
  try {
    const worker = new Worker(workerFile("hashing-worker.js", import.meta.url, "recorders"), { workerData: paths });
    worker.on("message", ({ path, sha256 }: HashedAhead) => settle.get(path)?.(sha256));
    worker.on("error", giveUp);
    worker.on("exit", giveUp);
  } catch {
    giveUp();
  }
  return hashes;
}
