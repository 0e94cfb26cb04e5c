import { randomUUID } from "node:crypto";
import { link, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { TenureError } from "../engine/index.js";

/**
 * Writes a file that must not be there yet, whole or not at all, and the folders above it.
 * @throws TenureError `TEN-CLI-004` it is there, `-008` it cannot be written
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await writePartial(partial, text);
    // Unlike a rename, a link refuses to replace what is there.
    await link(partial, path);
  } catch (error) {
    throw refusalOf(error as NodeJS.ErrnoException, path);
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

async function writePartial(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const { makeFolders } = await import("../recorders/index.js");
    await makeFolders(dirname(path));
    await writeFile(path, text, { flag: "wx" });
  }
}

function refusalOf(error: NodeJS.ErrnoException, path: string): unknown {
  if (error.code === "EEXIST") {
    return new TenureError({
      code: "TEN-CLI-004",
      what: "There is such a file already.",
      place: { file: path },
      found: path,
      allowed: "a path where nothing is yet",
      hint: "Choose another --out, or delete it first.",
    });
  }
  if (error.syscall === undefined) return error;
  return new TenureError({
    code: "TEN-CLI-008",
    what: "The file could not be written.",
    place: { file: path },
    found: error.message,
    hint: "Check that its folder is one you may write to and that the disk is not full, or choose another --out.",
  });
}
