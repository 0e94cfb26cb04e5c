import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Refusal } from "../engine/index.js";

/** As many as loading a part of Tenure takes at most. */
const PROBED = 128;
const CODES = new Set(["EMFILE", "ENFILE"]);

export function noHandles(found: string, file?: string): Refusal {
  return {
    code: "TEN-CLI-009",
    what: "The machine gave no more file handles: too many files are open.",
    ...(file === undefined ? {} : { place: { file } }),
    found,
    hint: "Allow more open files (`ulimit -n 256` in a shell), or close other programs.",
  };
}

/**
 * Did something fail because no more files can be opened? Node itself says of a package that it could not read for this
 * reason that there is no such package, so the machine is asked.
 */
export function lacksHandles(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  if (CODES.has(error.code)) return true;
  return (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "ERR_DLOPEN_FAILED") && !canOpenMany();
}

function canOpenMany(): boolean {
  const handles: number[] = [];
  try {
    while (handles.length < PROBED) handles.push(openSync(fileURLToPath(import.meta.url), "r"));
    return true;
  } catch {
    return false;
  } finally {
    for (const handle of handles) closeSync(handle);
  }
}
