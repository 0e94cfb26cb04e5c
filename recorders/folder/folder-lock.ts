import { mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TenureError } from "../../engine/index.js";
import { makeFolders, removeMadeFolders } from "./make-folders.js";
import { type IsOwn, removeOwn } from "./own-files.js";
import { isLeftOver, isProcessTag, localProcess, processTag } from "./process-tag.js";

const LOCK = ".lock";
/** How often an owner says that it is still there. */
const BEAT_MS = 10_000;
/** An owner on another machine that has not said so for this long is taken for gone. */
const SILENCE_MS = 60_000;
/** Each attempt that fails means that another process got further. */
const ATTEMPTS = 100;

/** Names the owner of a folder in a refusal. */
export type InUse = (owner: string) => TenureError;

/** Entries of a folder that belong to its lock: the lock, and what those make who want it or have let go of it. */
export const isOfLock: IsOwn = (path, kind) => {
  const [name, token, ...more] = path.split("/");
  if (name !== LOCK && !(name.startsWith(`${LOCK}-`) && isProcessTag(name.slice(LOCK.length + 1)))) return false;
  return token === undefined ? kind === "folder" : kind === "file" && more.length === 0 && isProcessTag(token);
};

/**
 * One process at a time in a folder: `.lock/` with one file in it, the token, whose name says whose it is. Each step is one
 * system call that succeeds for one process only:
 * - taken where there is none: a folder with the token in it is made under a name of its own and renamed to `.lock`, which
 *   fails where a `.lock` with a token is;
 * - taken over from a process that is no more: its token is renamed to the new owner's, which fails for all who come later;
 * - let go of: `.lock` is renamed away by its owner.
 * So the token is there from the first moment of `.lock` to its last, and it is never two processes'. An owner on another
 * machine, of which one cannot know whether it lives, is gone when it has not touched its token for a minute; `check` tells
 * one that only stood still.
 */
export class FolderLock {
  readonly #beat: NodeJS.Timeout;

  private constructor(
    readonly folder: string,
    private readonly tag: string,
    /** The topmost folder that had to be made to hold it; undefined when all were there. */
    private readonly made: string | undefined,
    private readonly inUse: InUse,
  ) {
    this.#beat = setInterval(() => touch(this.#token).catch(() => undefined), BEAT_MS).unref();
  }

  get #token(): string {
    return join(this.folder, LOCK, this.tag);
  }

  /**
   * Takes a folder, which is made where there is none.
   * @throws what `inUse` makes, when another process has it; the system's error
   */
  static async take(path: string, inUse: InUse): Promise<FolderLock> {
    const folder = resolve(path);
    const tag = processTag();
    const mine = join(folder, `${LOCK}-${tag}`);
    const made = await makeBoth(folder, mine);
    try {
      await writeFile(join(mine, tag), "");
      const takenOver = await takeOrTakeOver(folder, mine, tag, inUse);
      const lock = new FolderLock(folder, tag, made, inUse);
      if (takenOver) await removeToken(mine, tag);
      await removeOwn(folder, isLeftBehind);
      return lock;
    } catch (error) {
      await removeToken(mine, tag);
      await removeMadeFolders(folder, made);
      throw error;
    }
  }

  /** Who has the folder just now, in words; undefined when nobody has. Changes nothing. */
  static async owner(path: string): Promise<string | undefined> {
    const owner = await ownerOf(resolve(path));
    return owner !== undefined && (await isHeld(resolve(path), owner, Date.now())) ? ownerWords(owner) : undefined;
  }

  /** @throws what `inUse` makes, when the folder was taken over because this process stood still for long */
  async check(): Promise<void> {
    if (await this.isHeld()) return;
    throw this.inUse(ownerWords((await ownerOf(this.folder)) ?? ""));
  }

  async isHeld(): Promise<boolean> {
    return stat(this.#token).then(
      () => true,
      () => false,
    );
  }

  /** Lets go of the folder; one that was made for it and is empty goes, too. */
  async release(): Promise<void> {
    clearInterval(this.#beat);
    if (!(await this.isHeld())) return;
    const away = join(this.folder, `${LOCK}-${this.tag}`);
    await rename(join(this.folder, LOCK), away);
    await removeToken(away, this.tag);
    await removeMadeFolders(this.folder, this.made);
  }
}

/** The folder, and in it one of this process. Another process may take the first away before the second is made. */
async function makeBoth(folder: string, mine: string): Promise<string | undefined> {
  let made: string | undefined;
  for (let attempt = 1; ; attempt++) {
    made = (await makeFolders(folder)) ?? made;
    try {
      await mkdir(mine);
      return made;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === ATTEMPTS) throw error;
    }
  }
}

/** True when it was taken over from a process that is no more. */
async function takeOrTakeOver(folder: string, mine: string, tag: string, inUse: InUse): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await succeeds(rename(mine, join(folder, LOCK)), "ENOTEMPTY", "EEXIST", "EPERM")) return false;
    const owner = await ownerOf(folder);
    if (owner === undefined) continue;
    const nowMs = (await stat(join(mine, tag))).mtimeMs;
    if (await isHeld(folder, owner, nowMs)) throw inUse(ownerWords(owner));
    const token = join(folder, LOCK, owner);
    // First made young: it must not look abandoned at the moment it is this process's.
    if (!(await succeeds(touch(token), "ENOENT"))) continue;
    if (await succeeds(rename(token, join(folder, LOCK, tag)), "ENOENT")) return true;
  }
  throw inUse("others that come and go");
}

/** False when it fails for one of these reasons. */
async function succeeds(work: Promise<unknown>, ...codes: readonly string[]): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** Sets the time of a file to the disk's own now, which the clocks of two machines may not agree on. */
async function touch(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(".", 0);
  } finally {
    await file.close();
  }
}

async function ownerOf(folder: string): Promise<string | undefined> {
  const names = await readdir(join(folder, LOCK)).catch(() => []);
  return names.find(isProcessTag);
}

async function isHeld(folder: string, owner: string, nowMs: number): Promise<boolean> {
  if (localProcess(owner) !== undefined) return !isLeftOver(owner);
  const found = await stat(join(folder, LOCK, owner)).catch(() => undefined);
  return found !== undefined && nowMs - found.mtimeMs < SILENCE_MS;
}

function ownerWords(owner: string): string {
  const pid = localProcess(owner);
  return pid === undefined ? "a process on another machine or in another container" : `process ${pid}`;
}

/** What processes made that were killed while they took a folder or let go of it. */
const isLeftBehind: IsOwn = (path, kind) => isLeftOver(path.split("/")[0].slice(LOCK.length + 1)) && isOfLock(path, kind);

async function removeToken(dir: string, tag: string): Promise<void> {
  await rm(join(dir, tag), { force: true });
  await rmdir(dir).catch(() => undefined);
}
