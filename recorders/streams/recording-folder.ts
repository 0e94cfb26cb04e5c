import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { TenureError } from "../../engine/index.js";
import { processTag, removeLeftOvers } from "../process-tag.js";
import { systemCode, writeRefusal } from "./file-refusal.js";
import { RECORDING_MANIFEST_NAME, type RecordingManifest, readRecordingManifest, recordedKinds } from "./recording-manifest.js";

/** End of the name of an earlier recording while the new one takes its place. */
const EARLIER = ".earlier";

function occupied(path: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-STREAM-016",
    what: "The output folder holds something that is not a recording made by Tenure.",
    place: { file: path },
    found,
    allowed: "a new folder, an empty one, or one that an earlier import wrote",
    hint: "Choose another --out.",
  });
}

/** Entries of a folder; undefined when there is none. */
async function entriesOf(path: string): Promise<string[] | undefined> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR") throw occupied(path, "a file");
    throw writeRefusal(error, path);
  }
}

/** Files of a folder and its sub-folders, with `/` between names. */
async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** Refuses to put a recording where it would remove anything but an earlier recording. */
async function checkReplaceable(path: string): Promise<void> {
  const entries = await entriesOf(path);
  if (entries === undefined || entries.length === 0) return;
  if (!entries.includes(RECORDING_MANIFEST_NAME)) throw occupied(path, entries.slice(0, 3).join(", "));
  let manifest: RecordingManifest;
  try {
    manifest = await readRecordingManifest(path);
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    throw occupied(path, `a ${RECORDING_MANIFEST_NAME} that is not of a recording (${error.code})`);
  }
  // It may have taken days of requests to a node.
  if (manifest.chain !== undefined)
    throw occupied(path, `a recording of a chain, blocks ${manifest.chain.from_block} to ${manifest.chain.to_block}`);
  const own = new Set([RECORDING_MANIFEST_NAME]);
  for (const kind of recordedKinds(manifest)) for (const file of manifest.streams[kind]?.files ?? []) own.add(file.path);
  const foreign = (await filesBelow(path)).find((file) => !own.has(file));
  if (foreign !== undefined) throw occupied(path, `${foreign}, which is not of the recording`);
}

/**
 * The folder a recording is made in: a sibling of the output folder with a temporary name, renamed when all is written.
 * So the output folder never holds half a recording, and an earlier one stays until the new one is whole.
 */
export class RecordingFolder {
  private constructor(
    /** Where the recording will be. */
    readonly target: string,
    /** Where it is written. */
    readonly path: string,
    /** The topmost folder that had to be made to hold it; undefined when all were there. */
    readonly made: string | undefined,
  ) {}

  /**
   * @param inputs files and folders that are read: they must not lie in the output folder, which is replaced
   * @throws TenureError `TEN-STREAM-016`, `-017`
   */
  static async create(out: string, inputs: readonly string[]): Promise<RecordingFolder> {
    const target = resolve(out);
    for (const input of inputs) {
      const place = resolve(input);
      if (place === target || place.startsWith(target + sep)) throw occupied(out, "the input itself");
    }
    await checkReplaceable(target);
    try {
      const made = await mkdir(dirname(target), { recursive: true });
      const prefix = `.${basename(target)}.partial-`;
      // An earlier recording that was moved aside is kept while nothing stands in its place.
      const ends = (await entriesOf(target)) === undefined ? [""] : ["", EARLIER];
      await removeLeftOvers(dirname(target), prefix, ends);
      const path = join(dirname(target), `${prefix}${processTag()}`);
      await mkdir(path);
      return new RecordingFolder(target, path, made);
    } catch (error) {
      throw writeRefusal(error, out);
    }
  }

  /** Gives the folder its name; the earlier recording there is removed. */
  async commit(): Promise<void> {
    try {
      const entries = await entriesOf(this.target);
      if (entries === undefined) {
        await rename(this.path, this.target);
        return;
      }
      const earlier = `${this.path}${EARLIER}`;
      await rename(this.target, earlier);
      await rename(this.path, this.target).catch(async (error: unknown) => {
        await rename(earlier, this.target);
        throw error;
      });
      await rm(earlier, { recursive: true, force: true });
    } catch (error) {
      throw writeRefusal(error, this.target);
    }
  }

  /** Removes all that was written, and the folders that were made for it. */
  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    if (this.made === undefined) return;
    for (let dir = dirname(this.target); ; dir = dirname(dir)) {
      try {
        await rmdir(dir);
      } catch {
        // Somebody else put something there meanwhile.
        return;
      }
      if (dir === this.made) return;
    }
  }
}
