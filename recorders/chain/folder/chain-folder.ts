import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { STREAM_KINDS, TenureError } from "../../../engine/index.js";
import { systemCode, writeRefusal } from "../../streams/file-refusal.js";
import {
  type ChainSection,
  RECORDING_MANIFEST_NAME,
  type RecordingManifest,
  readRecordingManifest,
  recordedKinds,
} from "../../streams/index.js";
import { FolderLock } from "./folder-lock.js";
import { syncFolder } from "./sync.js";

/** What is not finished is written here; nothing in it counts. */
const PARTIAL = ".partial";
const CHUNK_FILE = /^\d+-\d+\.arrow$/;

/** What makes a recording the one that it is: the same command, or another one. */
export type RecordingIdentity = Pick<ChainSection, "genesis_hash" | "from_block" | "chunk_blocks" | "price_every_blocks" | "weights"> & {
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
    /** The topmost folder that was made for it. */
    private readonly made: string | undefined,
    private readonly lock: FolderLock,
  ) {}

  /** Where files are written before they are finished. */
  get partialPath(): string {
    return this.lock.partialPath;
  }

  /**
   * The recording in a folder; undefined where there is nothing. Changes nothing.
   * @throws TenureError `TEN-STREAM-016` something else is there, `-003`, `-004`, `-018` its manifest is damaged
   */
  static async read(out: string): Promise<RecordingManifest | undefined> {
    const names = await entries(out);
    const others = names.filter((name) => !name.startsWith(PARTIAL) && name !== `${RECORDING_MANIFEST_NAME}.partial`);
    if (others.length === 0) return undefined;
    if (!names.includes(RECORDING_MANIFEST_NAME)) {
      if (await areLeftOvers(out, others)) return undefined;
      throw occupied(out, others.slice(0, 3).join(", "));
    }
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
      const made = await mkdir(path, { recursive: true });
      const lock = await FolderLock.take(join(path, PARTIAL), out);
      try {
        // Another recorder may have gone on meanwhile: what counts is what is there now.
        const folder = new ChainFolder(path, await requireIdentity(out, identity), made, lock);
        await folder.#removeLeftOvers();
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
        await file.writeFile(manifestText(manifest));
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
    await this.lock.release();
    if (this.manifest !== undefined) return;
    for (const kind of STREAM_KINDS) await rmdir(join(this.path, kind)).catch(() => undefined);
    if (this.made === undefined) return;
    for (let dir = this.path; ; dir = dirname(dir)) {
      try {
        await rmdir(dir);
      } catch {
        // Somebody else put something there meanwhile.
        return;
      }
      if (dir === this.made) return;
    }
  }

  async #removeLeftOvers(): Promise<void> {
    const named = this.manifest === undefined ? new Set<string>() : filesOf(this.manifest);
    for (const kind of STREAM_KINDS) {
      for (const name of await entries(join(this.path, kind))) {
        if (CHUNK_FILE.test(name) && !named.has(`${kind}/${name}`)) await rm(join(this.path, kind, name), { force: true });
      }
    }
    await rm(join(this.path, `${RECORDING_MANIFEST_NAME}.partial`), { force: true });
  }
}

/** Killed before the first chunk was named, a recorder leaves the folders of its streams, with nothing but files of chunks. */
async function areLeftOvers(out: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    if (!(STREAM_KINDS as readonly string[]).includes(name)) return false;
    if (!(await entries(join(out, name))).every((file) => CHUNK_FILE.test(file))) return false;
  }
  return true;
}

/** The recording in a folder, which must be the one that is asked for. */
async function requireIdentity(out: string, identity: RecordingIdentity): Promise<RecordingManifest | undefined> {
  const manifest = await ChainFolder.read(out);
  if (manifest !== undefined) requireSame(out, manifest, identity);
  return manifest;
}

/** As JSON, lists of numbers on one line: there can be many blocks in them. */
function manifestText(manifest: RecordingManifest): string {
  const text = JSON.stringify(manifest, null, 2);
  return `${text.replace(/\[\s*(\d[\d,\s]*?)\s*\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, " ")}]`)}\n`;
}

function filesOf(manifest: RecordingManifest): Set<string> {
  return new Set(recordedKinds(manifest).flatMap((kind) => manifest.streams[kind]?.files.map(({ path }) => path) ?? []));
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
  return new TenureError({
    code: "TEN-STREAM-016",
    what: "The output folder holds something that is not a recording of a chain.",
    place: { file: path },
    found,
    allowed: "a new folder, an empty one, or one that the same command began",
    hint: "Choose another --out.",
  });
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
  ];
  for (const [name, words] of names) {
    const [found, allowed] = [identity[name], recorded[name]].map(String);
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
