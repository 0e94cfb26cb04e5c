import { mkdir } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { TenureError } from "../../engine/index.js";
import {
  checkUnlocked,
  FolderLock,
  findStranger,
  folderInUse,
  foreignFolder,
  isOfLock,
  removeOwn,
  requireFolderPath,
} from "../folder/index.js";
import { systemCode } from "../system-words.js";
import { writeRefusal } from "./file-refusal.js";
import { exchangeRecordings, settleFinished } from "./recording-exchange.js";
import { isOfNewRecording, PARTIAL_DIR, RECORDING_MANIFEST_NAME } from "./recording-files.js";
import { type RecordingManifest, readRecordingManifest, recordedFiles } from "./recording-manifest.js";

function occupied(path: string, found: string): TenureError {
  const refusal = { code: "TEN-STREAM-016", what: "The output folder holds something that is not a recording made by Tenure." };
  return foreignFolder(refusal, path, { found, orOne: "one that an earlier import wrote" });
}

function noName(): TenureError {
  return new TenureError({
    code: "TEN-STREAM-043",
    what: "The output folder has no name.",
    found: "",
    allowed: "the path of a folder; . for the one you are in",
    hint: "Choose another --out.",
  });
}

function inUse(path: string, owner: string): TenureError {
  return folderInUse({ code: "TEN-STREAM-040", what: "Another process is writing to this folder." }, path, owner);
}

/** @throws TenureError `TEN-STREAM-044` no folder can have this path */
export async function checkOutputPath(path: string): Promise<void> {
  await requireFolderPath({ code: "TEN-STREAM-044", what: "The output folder cannot be made: no folder can have this path." }, path);
}

/** Refuses to put a recording where it would remove anything but an earlier recording. */
async function checkReplaceable(path: string): Promise<void> {
  const manifest = await earlierRecording(path);
  // It may have taken days of requests to a node.
  if (manifest?.chain !== undefined)
    throw occupied(path, `a recording of a chain, blocks ${manifest.chain.from_block} to ${manifest.chain.to_block}`);
  const files = new Set(manifest === undefined ? [] : [RECORDING_MANIFEST_NAME, ...recordedFiles(manifest)]);
  // While an exchange that was broken off waits to be ended, files of the one before it may lie there, too.
  if (manifest !== undefined) for (const file of await filesBefore(path)) files.add(file);
  const folders = new Set([...files].map((file) => file.split("/")[0]));
  const stranger = await findStranger(path, (entry, kind) => {
    if (isOfLock(entry, kind) || isOfNewRecording(entry, kind)) return true;
    return kind === "file" ? files.has(entry) : folders.has(entry);
  }).catch((error: unknown) => {
    throw systemCode(error) === "ENOTDIR" ? occupied(path, "a file") : writeRefusal(error, path);
  });
  if (stranger !== undefined) throw occupied(path, `${stranger}, which is not of a recording`);
}

/** The recording in a folder; undefined where there is none. */
export async function earlierRecording(path: string): Promise<RecordingManifest | undefined> {
  try {
    return await readRecordingManifest(path);
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    if (error.code === "TEN-STREAM-001" || error.code === "TEN-STREAM-002") return undefined;
    throw occupied(path, `a ${RECORDING_MANIFEST_NAME} that is not of a recording (${error.code})`);
  }
}

async function filesBefore(path: string): Promise<readonly string[]> {
  try {
    return recordedFiles(await readRecordingManifest(path, { earlier: true }));
  } catch {
    return [];
  }
}

/**
 * The folder of a recording that is made from files, held by one process at a time. It is written in `.partial/` inside it;
 * an earlier recording stays until the new one is whole, and at every moment the folder holds one of them.
 */
export class RecordingFolder {
  private constructor(
    /** Where the recording will be. */
    readonly target: string,
    private readonly lock: FolderLock,
  ) {}

  /** Where it is written. */
  get path(): string {
    return join(this.target, PARTIAL_DIR);
  }

  /**
   * @param inputs files and folders that are read: they must not lie in the output folder, which is replaced
   * @throws TenureError `TEN-STREAM-016`, `-017`, `-040` another process is writing there, `-043` no name,
   *   `-044` no folder can have this path
   */
  static async create(out: string, inputs: readonly string[]): Promise<RecordingFolder> {
    if (out === "") throw noName();
    await checkOutputPath(out);
    const target = resolve(out);
    for (const input of inputs) {
      const place = resolve(input);
      if (place === target || place.startsWith(target + sep)) throw occupied(out, "the input itself");
    }
    // Looked at before anything is put there: a folder of something else is not even touched.
    await checkUnlocked(target, RECORDING_MANIFEST_NAME, async () => {
      const owner = await FolderLock.owner(target);
      if (owner !== undefined) throw inUse(out, owner);
      await checkReplaceable(target);
    });
    try {
      const lock = await FolderLock.take(target, (owner) => inUse(out, owner));
      const folder = new RecordingFolder(target, lock);
      try {
        await checkReplaceable(target);
        await settleFinished(target);
        await folder.#removePartial();
        await mkdir(folder.path);
        return folder;
      } catch (error) {
        await lock.release();
        throw error;
      }
    } catch (error) {
      throw writeRefusal(error, out);
    }
  }

  /** Makes the new recording the one that the folder holds; the earlier one is removed. */
  async commit(): Promise<void> {
    await this.lock.check();
    try {
      await exchangeRecordings(this.target);
    } catch (error) {
      throw writeRefusal(error, this.target);
    }
    // The recording is whole: a lock that cannot be removed is a dead process's soon.
    await this.lock.release().catch(() => undefined);
  }

  /** Removes all that was written, and the folders that were made for it. */
  async discard(): Promise<void> {
    if (await this.lock.isHeld()) await this.#removePartial();
    await this.lock.release();
  }

  #removePartial(): Promise<void> {
    return removeOwn(this.target, (path, kind) => path.startsWith(PARTIAL_DIR) && isOfNewRecording(path, kind));
  }
}
