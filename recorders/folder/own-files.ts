import type { Dirent } from "node:fs";
import { open, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";

/** So much of a file is looked at. */
const BEGINNING_BYTES = 256;

/** What the beginning of a file must be for it to be Tenure's own, where its name alone does not say so. */
export type OwnText = (beginning: string) => boolean;

/**
 * Is an entry one that Tenure makes there? Links are never.
 * @param path relative to the folder in question, `/` between names
 */
export type IsOwn = (path: string, kind: "file" | "folder") => boolean | OwnText;

/**
 * Can a file have been written by a process that was killed while it wrote a text with one of these beginnings? Then it is
 * empty, ends anywhere, or goes on as it likes after the beginning; where the power failed its end may be NULs.
 */
export function begunAs(...beginnings: readonly string[]): OwnText {
  return (text) => {
    const written = text.replace(/\0+$/, "");
    return beginnings.some((beginning) => written.startsWith(beginning) || beginning.startsWith(written));
  };
}

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

async function isOwnEntry(folder: string, { path, kind }: Entry, isOwn: IsOwn): Promise<boolean> {
  if (kind === "other") return false;
  const own = isOwn(path, kind);
  return typeof own === "boolean" ? own : kind === "file" && own(await beginningOf(join(folder, path)));
}

/** Empty where the file is gone meanwhile. */
async function beginningOf(path: string): Promise<string> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The first thing below a folder that is not Tenure's own, folders with a `/` at the end; undefined when there is none. */
export async function findStranger(folder: string, isOwn: IsOwn, below = ""): Promise<string | undefined> {
  for (const entry of await entriesOf(folder, below)) {
    if (!(await isOwnEntry(folder, entry, isOwn))) return entry.kind === "folder" ? `${entry.path}/` : entry.path;
    const inside = entry.kind === "folder" ? await findStranger(folder, isOwn, entry.path) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** The same for one name in the folder. */
export async function isStranger(folder: string, name: string, isOwn: IsOwn): Promise<boolean> {
  const entry = (await entriesOf(folder, "")).find(({ path }) => path === name);
  return entry !== undefined && !(await isOwnEntry(folder, entry, isOwn));
}

/** Removes what is Tenure's own below a folder, and the folders that are empty then; never anything else. */
export async function removeOwn(folder: string, isOwn: IsOwn, below = ""): Promise<void> {
  for (const entry of await entriesOf(folder, below)) {
    if (!(await isOwnEntry(folder, entry, isOwn))) continue;
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
