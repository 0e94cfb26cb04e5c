import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterEach, expect } from "vitest";
import { TenureError } from "../../engine/index.js";

/** A new empty folder, removed after the test. */
export function useTemporaryFolders(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "tenure-test-"));
    made.push(folder);
    return folder;
  };
}

/** Every file below a folder by its relative path, with the SHA-256 of its content. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents: Record<string, string> = {};
  for (const file of files.sort())
    contents[relative(folder, file)] = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  return contents;
}

/** The refusal that something ends with; fails when it ends otherwise. */
export async function refusalOf(work: () => Promise<unknown>): Promise<TenureError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
}

/** A folder of the shared data, or undefined where it is not on this machine. */
export function sharedData(path: string): string | undefined {
  const folder = resolve(process.env.TENURE_SHARED ?? "../shared", "data", path);
  if (existsSync(folder)) return folder;
  console.warn(`SKIPPED: ${path} of the shared data is not here (set TENURE_SHARED); tests on real data do not run.`);
  return undefined;
}
