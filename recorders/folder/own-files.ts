import type { Dirent } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Is an entry one that Tenure makes there? Links are never.
 * @param path relative to the folder in question, `/` between names
 */
export type IsOwn = (path: string, kind: "file" | "folder") => boolean;

interface Entry {
  readonly path: string;
  /** `other`: a link, a pipe, a device. */
  readonly kind: "file" | "folder" | "other";
}

function kindOf(entry: Dirent): Entry["kind"] {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "other";
}

/** What lies in a folder, by name; nothing where there is none (any more). */
async function entriesOf(folder: string, below: string): Promise<Entry[]> {
  try {
    const found = await readdir(join(folder, below), { withFileTypes: true });
    return found
      .map((entry) => ({ path: below === "" ? entry.name : `${below}/${entry.name}`, kind: kindOf(entry) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function isOwnEntry({ path, kind }: Entry, isOwn: IsOwn): boolean {
  return kind !== "other" && isOwn(path, kind);
}

/** The first thing below a folder that is not Tenure's own, folders with a `/` at the end; undefined when there is none. */
export async function findStranger(folder: string, isOwn: IsOwn, below = ""): Promise<string | undefined> {
  for (const entry of await entriesOf(folder, below)) {
    if (!isOwnEntry(entry, isOwn)) return entry.kind === "folder" ? `${entry.path}/` : entry.path;
    const inside = entry.kind === "folder" ? await findStranger(folder, isOwn, entry.path) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Removes what is Tenure's own below a folder, and the folders that are empty then; never anything else. */
export async function removeOwn(folder: string, isOwn: IsOwn, below = ""): Promise<void> {
  for (const entry of await entriesOf(folder, below)) {
    if (!isOwnEntry(entry, isOwn)) continue;
    if (entry.kind === "folder") {
      await removeOwn(folder, isOwn, entry.path);
      await rmdir(join(folder, entry.path)).catch(ignoreStrangers);
    } else {
      await rm(join(folder, entry.path), { force: true });
    }
  }
}

/** A folder that still holds something, or that is gone, is left as it is. */
function ignoreStrangers(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "ENOENT") throw error;
}
