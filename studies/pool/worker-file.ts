import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The module that worker threads run: beside this one, or where this one runs from the sources, as it was built. */
export function workerFile(): string {
  const own = fileURLToPath(new URL("./replicate-worker.js", import.meta.url));
  return existsSync(own) ? own : fileURLToPath(new URL("../../dist/studies/pool/replicate-worker.js", import.meta.url));
}
