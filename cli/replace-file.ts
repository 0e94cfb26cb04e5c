import { rename, rm, writeFile } from "node:fs/promises";
import { holdingSignals } from "./held-signals.js";
import { partialPath } from "./write-new-file.js";

/**
 * Writes a file whole or not at all, in place of one that is there.
 * @throws what the system says
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const partial = partialPath(path);
  await holdingSignals(async () => {
    try {
      await writeFile(partial, content, { flag: "wx" });
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  });
}
