import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { STREAM_KINDS, TenureError } from "../../../engine/index.js";
import {
  begunAs,
  FolderLock,
  findStranger,
  folderInUse,
  foreignFolder,
  type IsOwn,
  isOfLock,
  isStranger,
  type OwnText,
  removeOwn,
  syncFolder,
} from "../../folder/index.js";
import { writeRefusal } from "../../streams/file-refusal.js";
import {
  type ChainSection,
  checkOutputPath,
  RECORDING_MANIFEST_BEGINNING,
  RECORDING_MANIFEST_NAME,
  type RecordingManifest,
  readRecordingManifest,
  recordedFiles,
  recordingManifestText,
} from "../../streams/index.js";
import { systemCode } from "../../system-words.js";

/** What is not finished is written here; nothing in it counts. */
const PARTIAL = ".partial";
const PARTIAL_MANIFEST = `${RECORDING_MANIFEST_NAME}.partial`;
const CHUNK_FILE = /^\d+-\d+\.arrow$/;
/** Earlier versions named the owner in it, by a tag of its process. */
const OWNER = "owner";
const isOwner: OwnText = (text) => /^(\d+(-[0-9a-f]*)*)?\n?$/.test(text);
const isManifest: OwnText = (text) => text.trim() === "{}" || begunAs(RECORDING_MANIFEST_BEGINNING)(text);

/** What a recorder has not finished. */
const isUnfinished: IsOwn = (path, kind) => {
  if (path === PARTIAL) return kind === "folder";
  if (kind !== "file" || !path.startsWith(`${PARTIAL}/`)) return false;
  const name = path.slice(PARTIAL.length + 1);
  if (name === OWNER) return isOwner;
  return (STREAM_KINDS as readonly string[]).includes(name.replace(/\.arrow(\.partial)?$/, ""));
};

/** What a recorder leaves that was killed before a manifest named its first chunk. */
const isLeftOver: IsOwn = (path, kind) => {
  const own = isOfLock(path, kind) || isUnfinished(path, kind);
  if (own !== false) return own;
  if (path === PARTIAL_MANIFEST) return kind === "file" && isManifest;
  const [name, file, ...more] = path.split("/");
  if (!(STREAM_KINDS as readonly string[]).includes(name)) return false;
  return file === undefined ? kind === "folder" : kind === "file" && more.length === 0 && CHUNK_FILE.test(file);
};

/** What makes a recording the one that it is: the same command, or another one. */
export type RecordingIdentity = Pick<
  ChainSection,
  "genesis_hash" | "from_block" | "chunk_blocks" | "price_every_blocks" | "weights" | "validator_weights"
> & {
  readonly netuids: readonly number[];
};

/**
 * The folder of a recording of a chain. Files of a chunk are finished in `.partial/` and moved up, and only then named in a
 * manifest that replaces the old one at once: whatever happens, the manifest names whole chunks only, and they are there.
 */
export class ChainFolder {
  private constructor(
    readonly path: string,
    /** What is recorded; undefined for a new recording. */
    public manifest: RecordingManifest | undefined,
    private readonly lock: FolderLock,
  ) {}

  /** Where files are written before they are finished. */
  get partialPath(): string {
    return join(this.path, PARTIAL);
  }

  /**
   * The recording in a folder; undefined where there is nothing. Changes nothing.
   * @throws TenureError `TEN-STREAM-016` something else is there, `-044` no folder can have this path, `-003`, `-004`, `-018` its manifest is damaged
   */
  static async read(out: string): Promise<RecordingManifest | undefined> {
    await checkOutputPath(out);
    if ((await entries(out)).length === 0) return undefined;
    const stranger = await findStranger(out, isLeftOver);
    if (stranger === undefined) return undefined;
    // Looked for afterwards: another recorder may just have put the first one there.
    if (!(await entries(out)).includes(RECORDING_MANIFEST_NAME)) throw occupied(out, stranger);
    const unfinished = await findStranger(out, isUnfinished, PARTIAL);
    if (unfinished !== undefined) throw occupied(out, unfinished);
    if (await isStranger(out, PARTIAL_MANIFEST, isLeftOver)) throw occupied(out, PARTIAL_MANIFEST);
    const manifest = await readRecordingManifest(out);
    if (manifest.chain === undefined) throw occupied(out, `a recording made by \`tenure import ${manifest.source.importer}\``);
    return manifest;
  }

  /**
   * Takes the folder to record into, and removes what an earlier recorder that was killed left unfinished.
   * @throws TenureError `TEN-CHAIN-030` another recording, `-031` another recorder is at work; what `read` throws
   */
  static async open(out: string, identity: RecordingIdentity): Promise<ChainFolder> {
    const path = resolve(out);
    // Looked at before anything is put there: a folder of something else is not even touched.
    await requireIdentity(out, identity);
    try {
      const lock = await FolderLock.take(path, (owner) => inUse(out, owner));
      try {
        // Another recorder may have gone on meanwhile: what counts is what is there now.
        const folder = new ChainFolder(path, await requireIdentity(out, identity), lock);
        await folder.#removeLeftOvers();
        await mkdir(folder.partialPath);
        return folder;
      } catch (error) {
        await lock.release();
        throw error;
      }
    } catch (error) {
      throw writeRefusal(error, out);
    }
  }

  /** Makes a new manifest the one that counts, then removes the files that only the old one named. */
  async commit(manifest: RecordingManifest): Promise<void> {
    const path = join(this.path, RECORDING_MANIFEST_NAME);
    await this.lock.check();
    try {
      const file = await open(`${path}.partial`, "w");
      try {
        await file.writeFile(recordingManifestText(manifest));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.partial`, path);
      await syncFolder(this.path);
      const earlier = this.manifest;
      this.manifest = manifest;
      const named = filesOf(manifest);
      if (earlier !== undefined)
        for (const gone of filesOf(earlier)) if (!named.has(gone)) await rm(join(this.path, gone), { force: true });
    } catch (error) {
      throw writeRefusal(error, path);
    }
  }

  /** Lets go of the folder. Where nothing was recorded, nothing stays. */
  async release(): Promise<void> {
    if (await this.lock.isHeld()) {
      await removeOwn(this.path, isUnfinished);
      if (this.manifest === undefined) for (const kind of STREAM_KINDS) await rmdir(join(this.path, kind)).catch(() => undefined);
    }
    await this.lock.release();
  }

  async #removeLeftOvers(): Promise<void> {
    const named = this.manifest === undefined ? new Set<string>() : filesOf(this.manifest);
    await removeOwn(this.path, isUnfinished);
    for (const kind of STREAM_KINDS) {
      for (const name of await entries(join(this.path, kind))) {
        if (CHUNK_FILE.test(name) && !named.has(`${kind}/${name}`)) await rm(join(this.path, kind, name), { force: true });
      }
    }
    await rm(join(this.path, PARTIAL_MANIFEST), { force: true });
  }
}

/** The recording in a folder, which must be the one that is asked for. */
async function requireIdentity(out: string, identity: RecordingIdentity): Promise<RecordingManifest | undefined> {
  const manifest = await ChainFolder.read(out);
  if (manifest !== undefined) requireSame(out, manifest, identity);
  return manifest;
}

function filesOf(manifest: RecordingManifest): Set<string> {
  return new Set(recordedFiles(manifest));
}

/** Names in a folder; none where there is no folder. */
async function entries(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw occupied(path, "a file");
    throw writeRefusal(error, path);
  }
}

function occupied(path: string, found: string): TenureError {
  const refusal = { code: "TEN-STREAM-016", what: "The output folder holds something that is not a recording of a chain." };
  return foreignFolder(refusal, path, { found, orOne: "one that the same command began" });
}

function inUse(out: string, owner: string): TenureError {
  return folderInUse({ code: "TEN-CHAIN-031", what: "Another process is writing to this folder." }, out, owner);
}

function requireSame(out: string, { chain, source }: RecordingManifest, identity: RecordingIdentity): void {
  const recorded = { ...chain, netuids: source.netuids } as RecordingIdentity;
  const names: readonly (readonly [keyof RecordingIdentity, string])[] = [
    ["genesis_hash", "the chain (genesis hash)"],
    ["netuids", "--netuid"],
    ["from_block", "--from"],
    ["chunk_blocks", "--chunk-blocks"],
    ["price_every_blocks", "--price-every"],
    ["weights", "--weights"],
    ["validator_weights", "--validator-weights"],
  ];
  for (const [name, words] of names) {
    const [found, allowed] = [identity[name], recorded[name]].map((value) => String(value ?? false));
    if (found === allowed) continue;
    throw new TenureError({
      code: name === "genesis_hash" ? "TEN-CHAIN-004" : "TEN-CHAIN-030",
      what: `The output folder holds another recording: ${words} differs.`,
      place: { file: out, path: name },
      found,
      allowed,
      hint: "Give the command that began it, or another --out.",
    });
  }
}
