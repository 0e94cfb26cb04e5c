import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A module of this folder that worker threads run: beside this one, or where this one runs from the sources, as it was built. */
export function workerFile(name: string): string {
  const own = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(own) ? own : fileURLToPath(new URL(`../../dist/studies/pool/${name}`, import.meta.url));
}
