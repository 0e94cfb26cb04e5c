import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedData } from "../temporary-folder.js";

/** Runtimes of the real chain whose metadata the shared data holds. */
export const REAL_SPECS = [218, 346, 393, 424];

const folder = sharedData("chain");

/** What the real chain answered to `state_getMetadata`; undefined where the shared data is not here. */
export function realMetadata(spec: number): string | undefined {
  if (folder === undefined) return undefined;
  const file = join(folder, `metadata-${spec}.hex`);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}
