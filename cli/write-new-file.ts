import { randomUUID } from "node:crypto";
import { link, lstat, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TenureError } from "../engine/index.js";

/**
 * Writes a file that must not be there yet, whole or not at all, and the folders above it.
 * @throws TenureError `TEN-CLI-004` it is there, `-008` it cannot be written, `-011` no file can have this path
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  await fillNewFile(path, partialPath(path), (partial) => writePartial(partial, text));
}

/** Where a file is while it is written: beside the path that it is to have. */
export function partialPath(path: string): string {
  // Its name does not grow with that of the file, which may be as long as a name can be.
  return join(dirname(path), `.tenure-${randomUUID()}.partial`);
}

/**
 * The same of what another program writes.
 * @param partial a `partialPath`, where there is an empty file by then
 * @throws as `writeNewFile`; what `write` throws
 */
export async function writeNewFileBy(path: string, partial: string, write: (partial: string) => Promise<void>): Promise<void> {
  await fillNewFile(path, partial, async () => {
    await writePartial(partial, "");
    await write(partial);
  });
}

async function fillNewFile(path: string, partial: string, fill: (partial: string) => Promise<void>): Promise<void> {
  if (/[\\/]$/.test(path)) throw await impossible(path, "the path of a folder");
  const { holdingSignals } = await import("./held-signals.js");
  await holdingSignals(async () => {
    try {
      await fill(partial);
      // Unlike a rename, a link refuses to replace what is there.
      await link(partial, path);
    } catch (error) {
      throw await refusalOf(error as NodeJS.ErrnoException, path);
    } finally {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  });
}

/**
 * Refuses at once what `writeNewFile` would refuse in the end, for a command that works long before it writes.
 * @throws TenureError `TEN-CLI-004` it is there
 */
export async function refuseTakenFile(path: string): Promise<void> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw await taken(path);
}

async function writePartial(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const { makeFolders, pathFault } = await import("../recorders/index.js");
    // Told before the first folder is made, which would stay.
    if ((await pathFault(dirname(path))) !== undefined) throw error;
    await makeFolders(dirname(path));
    await writeFile(path, text, { flag: "wx" });
  }
}

async function impossible(path: string, found: string): Promise<TenureError> {
  const { TenureError } = await import("../engine/index.js");
  return new TenureError({
    code: "TEN-CLI-011",
    what: "No file can have this path.",
    place: { file: path },
    found,
    allowed: "a path whose names are at most 255 bytes long, that leads through no file and no broken link",
    hint: "Choose another path (--out; of `sql` --parquet).",
  });
}

async function refusalOf(error: NodeJS.ErrnoException, path: string): Promise<unknown> {
  if (error.syscall === undefined) return error;
  const [{ TenureError }, { pathFault }] = await Promise.all([import("../engine/index.js"), import("../recorders/index.js")]);
  const folder = dirname(path);
  const isFile = await stat(folder).then(
    (found) => !found.isDirectory(),
    () => false,
  );
  const fault = isFile ? `a file, ${folder}` : (await pathFault(error.code === "ENAMETOOLONG" ? path : folder))?.words;
  if (fault !== undefined) return impossible(path, fault);
  if (error.code === "EEXIST") return taken(path);
  return new TenureError({
    code: "TEN-CLI-008",
    what: "The file could not be written.",
    place: { file: path },
    found: error.message,
    hint: "Check that its folder is one you may write to and that the disk is not full, or choose another path (--out; of `sql` --parquet).",
  });
}

async function taken(path: string): Promise<TenureError> {
  const { TenureError } = await import("../engine/index.js");
  return new TenureError({
    code: "TEN-CLI-004",
    what: "There is such a file already.",
    place: { file: path },
    found: path,
    allowed: "a path where nothing is yet",
    hint: "Choose another path (--out; of `sql` --parquet), or delete it first.",
  });
}
