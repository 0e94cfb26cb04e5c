import { stat } from "node:fs/promises";
import { join } from "node:path";
import { STREAM_KINDS } from "../../engine/index.js";
import type { IsOwn } from "../folder/index.js";

export const RECORDING_MANIFEST_NAME = "manifest.json";

/** A recording under way, inside its folder. */
export const PARTIAL_DIR = ".partial";
/**
 * A recording that is whole, while its files move up to where those of an earlier one may lie. From the moment that it is
 * there it is what the folder holds: first its manifest counts, and each of its files that has not been moved yet.
 */
export const FINISHED_DIR = ".finished";

/** `stake.arrow`, or `stake/000001.arrow` of a stream in many files. */
const STREAM_FILE = /^([a-z_]+)(?:\/[A-Za-z0-9_-]+)?\.arrow$/;
const KINDS: readonly string[] = STREAM_KINDS;

/** Entries of `.partial/` and `.finished/` that an import makes. */
export const isOfNewRecording: IsOwn = (path, kind) => {
  const [top, ...inside] = path.split("/");
  if (top !== PARTIAL_DIR && top !== FINISHED_DIR) return false;
  if (kind === "folder") return inside.length === 0 || (inside.length === 1 && KINDS.includes(inside[0]));
  const name = inside.join("/").replace(/\.partial$/, "");
  return name === RECORDING_MANIFEST_NAME || KINDS.includes(STREAM_FILE.exec(name)?.[1] ?? "");
};

/** Where a file of a recording lies just now. */
export async function recordedFilePath(folder: string, file: string): Promise<string> {
  const finished = join(folder, FINISHED_DIR, file);
  const isThere = await stat(finished).then(
    () => true,
    () => false,
  );
  return isThere ? finished : join(folder, file);
}
