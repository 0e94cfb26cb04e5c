import { realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readManifestJson } from "./result-manifest.js";

/**
 * The outermost folder of results or recordings that a path lies in, wherever links lead; null: it lies in none. A study has folders of runs in it.
 * @param path of a file or folder, which need not be there; a folder lies in itself
 */
export async function enclosingResults(path: string): Promise<string | null> {
  let found: string | null = null;
  for (let at = await realPath(resolve(path)); ; at = dirname(at)) {
    if (await isOurs(at)) found = at;
    if (dirname(at) === at) return found;
  }
}

/** The path without links; what is not there yet lies in the first folder above that is. */
async function realPath(path: string): Promise<string> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    const real = await realpath(at).catch(() => null);
    if (real !== null) return join(real, ...missing);
    if (dirname(at) === at) return path;
    missing.unshift(at.slice(dirname(at).length).replace(/^[\\/]/, ""));
  }
}

async function isOurs(folder: string): Promise<boolean> {
  // What cannot be read is no manifest of ours for whoever asks.
  const read = await readManifestJson(folder).catch(() => null);
  if (read?.kind !== "json") return false;
  return (read.json as { readonly tool?: { readonly name?: unknown } } | null)?.tool?.name === "tenure";
}
