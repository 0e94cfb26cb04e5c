import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** What the thread says of a file: null where it could not be read, of which who asks is to find out for himself. */
export interface HashedAhead {
  readonly path: string;
  readonly sha256: string | null;
}

const WORKER = "hashing-worker.js";

/** The module that the thread runs: beside this one, or where this one runs from the sources, as it was built. */
function workerFile(): string {
  const own = fileURLToPath(new URL(WORKER, import.meta.url));
  return existsSync(own) ? own : fileURLToPath(new URL(`../dist/recorders/${WORKER}`, import.meta.url));
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
    const worker = new Worker(workerFile(), { workerData: paths });
    worker.on("message", ({ path, sha256 }: HashedAhead) => settle.get(path)?.(sha256));
    worker.on("error", giveUp);
    worker.on("exit", giveUp);
  } catch {
    giveUp();
  }
  return hashes;
}
