import { lstat, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { TenureError } from "../../engine/index.js";
import { systemCode, systemWords } from "../system-words.js";

/** No file system in use takes a longer name. */
const MOST_NAME_BYTES = 255;

/** An output folder in which something else lies, as a refusal. */
export function foreignFolder(
  refusal: { readonly code: string; readonly what: string },
  path: string,
  { found, orOne }: { readonly found: string /** What else than a new or empty folder would do. */; readonly orOne: string },
): TenureError {
  return new TenureError({
    ...refusal,
    place: { file: path },
    found,
    allowed: `a new folder, an empty one, or ${orOne}`,
    hint: "Choose another --out, or move that away.",
  });
}

/** An output folder that another process has, as a refusal. */
export function folderInUse(refusal: { readonly code: string; readonly what: string }, path: string, owner: string): TenureError {
  return new TenureError({
    ...refusal,
    place: { file: path },
    found: owner,
    allowed: "a folder that nobody writes to",
    hint: `Wait for it or choose another --out; one that was killed on another machine is let go of after a minute. If no such process exists, delete ${join(path, ".lock")}.`,
  });
}

/** An output folder whose path no folder can have, as a refusal. */
export function impossibleFolder(refusal: { readonly code: string; readonly what: string }, path: string, found: string): TenureError {
  return new TenureError({
    ...refusal,
    place: { file: path },
    found,
    allowed: `a path of folders, each name at most ${MOST_NAME_BYTES} bytes long and without a NUL character, that leads through no broken link`,
    hint: "Choose another --out.",
  });
}

/** Refuses a path that no folder can have. A file on the way is told of by whoever looks for the folder. */
export async function requireFolderPath(refusal: { readonly code: string; readonly what: string }, path: string): Promise<void> {
  const fault = await pathFault(path);
  if (fault?.isFile === false) throw impossibleFolder(refusal, path, fault.words);
}

/** What lies in an output folder under such a name is taken for a part of it, moved and removed. */
const KEPT_NAMES: ReadonlySet<string> = new Set([".partial", ".finished", ".lock"]);

/** Why there can be no folder of a path. */
export interface PathFault {
  /** A file stands where a folder is needed; whoever looks for the folder is told so, too. */
  readonly isFile: boolean;
  readonly words: string;
}

/**
 * Why there can be no folder of this path, however much the disk would take; undefined when there can. Looks at
 * what is there; changes nothing. A file in the very place is not told of: whoever looks into the folder finds it.
 */
export async function pathFault(path: string): Promise<PathFault | undefined> {
  const fault = (words: string): PathFault => ({ isFile: false, words });
  if (path.includes("\0")) return fault(systemWords("ERR_INVALID_ARG_VALUE"));
  const wanted = resolve(path);
  const kept = wanted.split(sep).find((name) => KEPT_NAMES.has(name));
  if (kept !== undefined) return fault(`${kept}, a name that Tenure keeps for itself in runs and recordings`);
  for (let at = wanted; ; at = dirname(at)) {
    const code = await stat(at).then(
      (found) => (found.isDirectory() || at === wanted ? "there" : "file"),
      (error: unknown) => systemCode(error),
    );
    if (code === "there") return undefined;
    if (code === "file") return { isFile: true, words: `a file, ${at}` };
    if (code === "ENAMETOOLONG" || code === "ELOOP") return fault(systemWords(code));
    // Nothing is there, or one further up is in the way; for anything else the folder itself will tell.
    if (code !== "ENOENT" && code !== "ENOTDIR") return undefined;
    // The system looks at a name only where there is a folder for it.
    if (Buffer.byteLength(basename(at)) > MOST_NAME_BYTES) return fault(systemWords("ENAMETOOLONG"));
    if (await isLink(at)) return fault(`a link to nothing, ${at}`);
    if (dirname(at) === at) return undefined;
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}
