import { link, mkdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TenureError } from "../../../engine/index.js";
import { isLeftOver, processTag } from "../../process-tag.js";
import { systemCode } from "../../streams/file-refusal.js";

const OWNER = "owner";
/** How often a recorder says that it is still there. */
const BEAT_MS = 10_000;
/** One that has not said so for this long is taken for gone, whatever its process id says. */
const SILENCE_MS = 60_000;

/**
 * One recorder at a time in a folder: a file in `.partial/` with a name of its own, put there in one step, and touched while it
 * lives. So a process that is no more, here or on another machine that shares the disk, does not hold the folder for ever.
 */
export class FolderLock {
  readonly #beat: NodeJS.Timeout;

  private constructor(
    /** The folder that is only this recorder's. */
    readonly partialPath: string,
    private readonly folder: string,
    private readonly tag: string,
  ) {
    this.#beat = setInterval(() => {
      const now = new Date();
      utimes(join(partialPath, OWNER), now, now).catch(() => undefined);
    }, BEAT_MS).unref();
  }

  /**
   * @param folder as it was given, for refusals
   * @throws TenureError `TEN-CHAIN-031` another recorder is at work
   */
  static async take(partialPath: string, folder: string): Promise<FolderLock> {
    const tag = processTag();
    for (let attempt = 0; attempt < 3; attempt++) {
      await mkdir(partialPath, { recursive: true });
      const mine = join(partialPath, `${OWNER}-${tag}`);
      await writeFile(mine, tag);
      try {
        // A link is there whole or not at all, and only where nothing was.
        await link(mine, join(partialPath, OWNER));
        await unlink(mine);
        return new FolderLock(partialPath, folder, tag);
      } catch (error) {
        await rm(mine, { force: true });
        const code = systemCode(error);
        if (code !== "EEXIST" && code !== "ENOENT") throw error;
      }
      if (await isHeld(partialPath)) break;
      // Moved away under a name of its own first: what another recorder has made meanwhile is not removed.
      const stale = `${partialPath}-${tag}`;
      await rename(partialPath, stale).catch(() => undefined);
      await rm(stale, { recursive: true, force: true });
    }
    throw inUse(folder, partialPath);
  }

  /** @throws TenureError `TEN-CHAIN-031` the folder was taken over, because this process stood still for long */
  async check(): Promise<void> {
    const owner = await readFile(join(this.partialPath, OWNER), "utf8").catch(() => "");
    if (owner !== this.tag) throw inUse(this.folder, this.partialPath);
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    const owner = await readFile(join(this.partialPath, OWNER), "utf8").catch(() => "");
    if (owner === this.tag) await rm(this.partialPath, { recursive: true, force: true });
  }
}

async function isHeld(partialPath: string): Promise<boolean> {
  const path = join(partialPath, OWNER);
  const [owner, found] = await Promise.all([readFile(path, "utf8").catch(() => undefined), stat(path).catch(() => undefined)]);
  if (owner === undefined || found === undefined) return false;
  return !isLeftOver(owner) && Date.now() - found.mtimeMs < SILENCE_MS;
}

function inUse(folder: string, partialPath: string): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-031",
    what: "Another recorder is writing to this folder.",
    place: { file: folder },
    hint: `Wait for it or choose another --out; one that was killed on another machine is let go of after a minute. Or delete ${partialPath}.`,
  });
}
