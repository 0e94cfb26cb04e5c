import { mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { STREAM_KINDS, TenureError } from "../../../engine/index.js";
import { isAlive } from "../../process-tag.js";
import { systemCode, writeRefusal } from "../../streams/file-refusal.js";
import {
  type ChainSection,
  RECORDING_MANIFEST_NAME,
  type RecordingManifest,
  readRecordingManifest,
  recordedKinds,
} from "../../streams/index.js";

/** What is not finished is written here; nothing in it counts. */
const PARTIAL = ".partial";
const OWNER = "pid";

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
  ) {}

  /** Where files are written before they are finished. */
  get partialPath(): string {
    return join(this.path, PARTIAL);
  }

  /**
   * The recording in a folder; undefined where there is nothing. Changes nothing.
   * @throws TenureError `TEN-STREAM-016` something else is there, `-003`, `-004`, `-018` its manifest is damaged
   */
  static async read(out: string): Promise<RecordingManifest | undefined> {
    const names = await entries(out);
    const others = names.filter((name) => name !== PARTIAL && name !== `${RECORDING_MANIFEST_NAME}.partial`);
    if (others.length === 0) return undefined;
    if (!names.includes(RECORDING_MANIFEST_NAME)) {
      // Killed before the first chunk was named, a recorder leaves the folders of its streams.
      const leftOnly = others.every((name) => (STREAM_KINDS as readonly string[]).includes(name));
      if (leftOnly) return undefined;
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
    const manifest = await ChainFolder.read(out);
    if (manifest !== undefined) requireSame(out, manifest, identity);
    try {
      const made = await mkdir(path, { recursive: true });
      await takeOver(path, out);
      const folder = new ChainFolder(path, manifest, made);
      await folder.#removeLeftOvers();
      return folder;
    } catch (error) {
      throw writeRefusal(error, out);
    }
  }

  /** Makes a new manifest the one that counts, then removes the files that only the old one named. */
  async commit(manifest: RecordingManifest): Promise<void> {
    const path = join(this.path, RECORDING_MANIFEST_NAME);
    try {
      const file = await open(`${path}.partial`, "w");
      try {
        await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.partial`, path);
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
    await rm(this.partialPath, { recursive: true, force: true });
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
        if (/^\d+-\d+\.arrow$/.test(name) && !named.has(`${kind}/${name}`)) await rm(join(this.path, kind, name), { force: true });
      }
    }
    await rm(join(this.path, `${RECORDING_MANIFEST_NAME}.partial`), { force: true });
  }
}

/** Makes `.partial/` ours, with our process id in it. */
async function takeOver(path: string, out: string): Promise<void> {
  const partial = join(path, PARTIAL);
  const owner = join(partial, OWNER);
  for (let attempt = 0; attempt < 2; attempt++) {
    await mkdir(partial, { recursive: true });
    try {
      await writeFile(owner, `${process.pid}\n`, { flag: "wx" });
      for (const name of await readdir(partial)) if (name !== OWNER) await rm(join(partial, name), { recursive: true, force: true });
      return;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
    const pid = Number(await readFile(owner, "utf8").catch(() => ""));
    if (pid > 0 && pid !== process.pid && isAlive(pid)) throw inUse(out, pid);
    await rm(partial, { recursive: true, force: true });
  }
  throw inUse(out, 0);
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

function inUse(path: string, pid: number): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-031",
    what: "Another recorder is writing to this folder.",
    place: { file: path },
    found: pid > 0 ? `process ${pid}` : "another process",
    hint: `Wait for it or choose another --out; if no such recorder runs, delete ${join(path, PARTIAL)}.`,
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
