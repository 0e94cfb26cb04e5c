import { mkdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeOwn, syncFile, syncFolder } from "../folder/index.js";
import { systemCode } from "../system-words.js";
import { FINISHED_DIR, isOfNewRecording, PARTIAL_DIR, RECORDING_MANIFEST_NAME } from "./recording-files.js";
import { type RecordingManifest, readManifestIn, recordedFiles } from "./recording-manifest.js";

/**
 * Makes the recording in `.partial/` the one that the folder holds. The rename to `.finished/` is the step that counts:
 * before it the earlier recording is whole, after it the new one is, wherever a process is killed.
 * @param folder held by this process
 */
export async function exchangeRecordings(folder: string): Promise<void> {
  const partial = join(folder, PARTIAL_DIR);
  const manifest = await readManifestIn(partial);
  for (const file of [...recordedFiles(manifest), RECORDING_MANIFEST_NAME]) await syncFile(join(partial, file));
  await rename(partial, join(folder, FINISHED_DIR));
  await syncFolder(folder);
  await settleFinished(folder);
}

/** Moves what is in `.finished/` to its place, manifest last; also what a process that was killed has not moved yet. */
export async function settleFinished(folder: string): Promise<void> {
  const finished = join(folder, FINISHED_DIR);
  const manifest = await manifestIn(finished);
  if (manifest !== undefined) {
    const files = recordedFiles(manifest);
    for (const file of files) await moveUp(folder, file);
    await removeEarlier(folder, new Set(files));
    await moveUp(folder, RECORDING_MANIFEST_NAME);
  }
  await removeOwn(folder, (path, kind) => path.startsWith(FINISHED_DIR) && isOfNewRecording(path, kind));
  await syncFolder(folder);
}

/** The recording in a folder; undefined where there is none. */
async function manifestIn(folder: string): Promise<RecordingManifest | undefined> {
  try {
    return await readManifestIn(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function moveUp(folder: string, file: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  try {
    await rename(join(folder, FINISHED_DIR, file), join(folder, file));
  } catch (error) {
    // It was moved before the process that began this was killed.
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/** Removes the files of the earlier recording whose names the new one does not use. */
async function removeEarlier(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const earlier = await manifestIn(folder);
  if (earlier === undefined) return;
  for (const file of recordedFiles(earlier)) {
    if (kept.has(file)) continue;
    await rm(join(folder, file), { force: true });
    if (dirname(file) !== ".") await rmdir(join(folder, dirname(file))).catch(() => undefined);
  }
}
