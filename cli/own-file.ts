import { lstat, open } from "node:fs/promises";
import { dirname } from "node:path";
import { TenureError } from "../engine/index.js";
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
  /** Something else lies there. */
  readonly foreign: OwnFileRefusal & { readonly allowed: string };
  /** No file can have the path. */
  readonly impossible: OwnFileRefusal;
  /** It could not be written. */
  readonly unwritten: OwnFileRefusal;
}

interface OwnFileRefusal {
  readonly code: string;
  readonly what: string;
}

/**
 * Refuses a path at which something else lies than an earlier file of the kind, or at which none can lie.
 * @throws TenureError as the kind says
 */
export async function refuseOther(path: string, kind: OwnFileKind): Promise<void> {
  if (/[\\/]$/.test(path)) throw impossible(kind, path, "the path of a folder");
  const fault = await pathFault(path);
  if (fault !== undefined) throw impossible(kind, path, fault.words);
  const entry = await lstat(path).catch(() => null);
  if (entry === null) return;
  const found = entry.isDirectory() ? "a folder" : entry.isFile() ? await otherWords(path, kind) : "a link, a pipe or a device";
  if (found === null) return;
  throw new TenureError({ ...kind.foreign, place: { file: path }, found, hint: "Choose another --out, or move that away." });
}

function impossible({ impossible: refusal }: OwnFileKind, path: string, found: string): TenureError {
  const allowed = "the path of a file, in a folder that is there or can be made";
  return new TenureError({ ...refusal, place: { file: path }, found, allowed, hint: "Choose another --out." });
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
    throw new TenureError({
      ...kind.unwritten,
      place: { file: path },
      found: (error as Error).message,
      allowed: "a folder that you may write to, on a disk that is not full",
      hint: "Free some space, or choose another --out.",
    });
  }
}
