import { lstat, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { TenureError } from "../engine/index.js";
import { makeFolders, pathFault } from "../recorders/index.js";
import { replaceFile } from "./replace-file.js";

/** A kind of file that a command writes, also in place of an earlier one of its kind, and of nothing else. */
export interface OwnFileKind {
  /** Letters that tell of which kind a file is. */
  readonly beginning: number;
  /** Does a file of this kind begin so? */
  isOwn(beginning: string): boolean;
  /** What is said of one that is none of the kind. */
  readonly other: string;
  foreign(path: string, found: string): TenureError;
  impossible(path: string, found: string): TenureError;
  unwritten(path: string, found: string): TenureError;
}

/**
 * Refuses a path at which something else lies than an earlier file of the kind, or at which none can lie.
 * @throws TenureError as the kind says
 */
export async function refuseOther(path: string, kind: OwnFileKind): Promise<void> {
  if (/[\\/]$/.test(path)) throw kind.impossible(path, "the path of a folder");
  const fault = await pathFault(path);
  if (fault !== undefined) throw kind.impossible(path, fault.words);
  const entry = await lstat(path).catch(() => null);
  if (entry === null) return;
  const found = entry.isDirectory() ? "a folder" : entry.isFile() ? await otherWords(path, kind) : "a link, a pipe or a device";
  if (found !== null) throw kind.foreign(path, found);
}

/** Null: it is one of the kind. */
async function otherWords(path: string, { beginning, isOwn, other }: OwnFileKind): Promise<string | null> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(beginning), 0, beginning, 0);
      return isOwn(buffer.toString("utf8", 0, bytesRead)) ? null : other;
    } finally {
      await file.close();
    }
  } catch (error) {
    return `a file that cannot be read: ${(error as Error).message}`;
  }
}

/**
 * Writes it whole or not at all, with the folders above it.
 * @returns its bytes
 * @throws TenureError as the kind says
 */
export async function writeOwn(path: string, content: string, kind: OwnFileKind): Promise<number> {
  const bytes = Buffer.from(content);
  try {
    await makeFolders(dirname(path));
    await replaceFile(path, bytes);
    return bytes.length;
  } catch (error) {
    throw kind.unwritten(path, (error as Error).message);
  }
}
