import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * A module that worker threads run.
 * @param of URL of the module that asks, beside which it is
 * @param built its folder below dist/, where the one that asks runs from the sources
 */
export function workerFile(name: string, of: string, built: string): string {
  const own = fileURLToPath(new URL(name, of));
  return existsSync(own) ? own : fileURLToPath(new URL(`${"../".repeat(built.split("/").length)}dist/${built}/${name}`, of));
}
