import { mkdir, rmdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing. Unlike Node's own `recursive`, it gives up where the system takes no
 * folder though the one above is there (`/proc`), instead of trying for ever.
 * @returns the topmost folder that was made; undefined when all were there
 * @throws the system's error
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  const wanted = resolve(path);
  const missing: string[] = [];
  let made: string | undefined;
  for (let at = wanted; ; at = dirname(at)) {
    try {
      if (await makeFolder(at)) made = at;
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(at) === at) throw error;
      missing.push(at);
    }
  }
  for (const dir of missing.reverse()) {
    if (await makeFolder(dir)) made ??= dir;
  }
  return made;
}

/** False when it is there already. */
async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code !== "ENOENT" && (await isFolder(path));
    if (isThere) return false;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Takes back what `makeFolders` made, as long as nobody has put anything there.
 * @param made what it answered
 */
export async function removeMadeFolders(path: string, made: string | undefined): Promise<void> {
  if (made === undefined) return;
  for (let dir = resolve(path); ; dir = dirname(dir)) {
    try {
      await rmdir(dir);
    } catch {
      return;
    }
    if (dir === made) return;
  }
}
