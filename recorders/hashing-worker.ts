import { parentPort, workerData } from "node:worker_threads";
import { hashFile } from "./file-hash.js";
import type { HashedAhead } from "./hashing-ahead.js";

for (const path of workerData as readonly string[]) {
  const sha256 = await hashFile(path).catch(() => null);
  parentPort?.postMessage({ path, sha256 } satisfies HashedAhead);
}
