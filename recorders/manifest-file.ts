import { readFile, stat } from "node:fs/promises";

/** The largest text one string can hold, and far more than any manifest has. */
const LARGEST_BYTES = 500_000_000;

/**
 * The text of a manifest. A pipe or a device of its name, which would never end or never begin, fails as any file that the
 * system does not give.
 * @throws the system's error; one with the code `ENOTFILE` or `ETOOLARGE`
 */
export async function readManifestFile(path: string): Promise<string> {
  const found = await stat(path);
  // A folder is refused by the system, with a code of its own.
  if (!found.isFile() && !found.isDirectory()) throw failure("ENOTFILE", path);
  if (found.size > LARGEST_BYTES) throw failure("ETOOLARGE", path);
  return readFile(path, "utf8");
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}
