import { rm } from "node:fs/promises";
import { join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { checkUnlocked, FolderLock, folderInUse, impossibleFolder, pathFault } from "../folder/index.js";
import { PARTIAL_MANIFEST_NAME, writeManifestText } from "./manifest.js";
import { MANIFEST_NAME } from "./result-manifest.js";
import { withWriteErrors } from "./storage-error.js";

/**
 * May results be written into this folder? Changes nothing.
 * @param checkContent refuses what lies in it
 * @throws TenureError `TEN-RESULT-008` in use, `-012` no name, `-014` no folder can have this path
 */
export async function checkResultFolder(path: string, checkContent: () => Promise<void>): Promise<void> {
  if (path === "") throw noName();
  const fault = await pathFault(path);
  if (fault?.isFile === false) throw impossible(path, fault.words);
  await checkUnlocked(path, MANIFEST_NAME, async () => {
    const owner = await FolderLock.owner(path);
    if (owner !== undefined) throw inUse(path, owner);
    await checkContent();
  });
}

/** Holds the folder against other processes. @throws TenureError `TEN-RESULT-008` in use; the refusals of the disk */
export function lockResultFolder(path: string): Promise<FolderLock> {
  return withWriteErrors(path, () => FolderLock.take(path, (owner) => inUse(path, owner)));
}

/** Brings the manifest back that was there before the folder was marked incomplete; null: there was none. */
export async function restoreManifest(path: string, previous: string | null): Promise<void> {
  if (previous !== null) await writeManifestText(path, previous);
  else for (const name of [MANIFEST_NAME, PARTIAL_MANIFEST_NAME]) await rm(join(path, name), { force: true });
}

function impossible(path: string, found: string): TenureError {
  return impossibleFolder({ code: "TEN-RESULT-014", what: "The output folder cannot be made: no folder can have this path." }, path, found);
}

function noName(): TenureError {
  return new TenureError({
    code: "TEN-RESULT-012",
    what: "The output folder has no name.",
    found: "",
    allowed: "the path of a folder; . for the one you are in",
    hint: "Choose another --out.",
  });
}

function inUse(path: string, owner: string): TenureError {
  return folderInUse({ code: "TEN-RESULT-008", what: "Another process is writing to this folder." }, path, owner);
}
