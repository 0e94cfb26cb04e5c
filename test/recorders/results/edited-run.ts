import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The manifest of a finished run as it is in its file. */
export type ManifestFile = Record<string, unknown> & { seal?: string; scenario: { name: string; resolved: Record<string, unknown> } };

/** Changes the manifest of a run; with `reseal` it is sealed anew, as only a forger would. */
export async function editRun(folder: string, edit: (manifest: ManifestFile) => void, reseal = false): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as ManifestFile;
  edit(manifest);
  if (reseal) {
    delete manifest.seal;
    manifest.seal = createHash("sha256").update(JSON.stringify(manifest)).digest("hex");
  }
  await writeFile(path, JSON.stringify(manifest, null, 2));
}

/** Turns one bit in the middle of a file. */
export async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[bytes.length >> 1] ^= 1;
  await writeFile(path, bytes);
}
