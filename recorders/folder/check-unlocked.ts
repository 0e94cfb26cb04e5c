import { stat } from "node:fs/promises";
import { join } from "node:path";

/** When the manifest of a folder was put there, and which one it is. */
async function stampOf(folder: string, manifest: string): Promise<string> {
  const found = await stat(join(folder, manifest), { bigint: true }).catch(() => undefined);
  return found === undefined ? "none" : `${found.ino}-${found.mtimeNs}-${found.ctimeNs}`;
}

/**
 * A check of a folder that this process does not hold. What it refuses may be a mixture of what was there before and after
 * another process exchanged the content, which ends with another manifest: then the check is made again.
 */
export async function checkUnlocked(folder: string, manifest: string, check: () => Promise<void>): Promise<void> {
  for (;;) {
    const before = await stampOf(folder, manifest);
    try {
      return await check();
    } catch (error) {
      if ((await stampOf(folder, manifest)) === before) throw error;
    }
  }
}
