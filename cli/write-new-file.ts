import { randomUUID } from "node:crypto";
import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { TenureError } from "../engine/index.js";

/**
 * Writes a file that must not be there yet, whole or not at all. Refusal: `TEN-CLI-004` when it is there.
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, text, { flag: "wx" });
    // Unlike a rename, a link refuses to replace what is there.
    await link(partial, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new TenureError({
      code: "TEN-CLI-004",
      what: "There is such a file already.",
      place: { file: path },
      found: path,
      allowed: "a path where nothing is yet",
      hint: "Choose another --out, or delete it first.",
    });
  } finally {
    await rm(partial, { force: true });
  }
}
