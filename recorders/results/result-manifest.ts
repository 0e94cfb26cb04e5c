import { join } from "node:path";
import { readManifestFile } from "../manifest-file.js";
import { systemCode } from "../system-words.js";
import { withReadErrors } from "./storage-error.js";

export const MANIFEST_NAME = "manifest.json";

/** What the manifest.json of a folder of results holds, before it is known of what; `other`: no JSON. */
export type ManifestJson =
  | { readonly kind: "none" }
  | { readonly kind: "other"; readonly found: string }
  | { readonly kind: "json"; readonly json: unknown };

/** Reads the manifest.json of a folder. @throws the refusals of the disk, but where there is none */
export async function readManifestJson(dir: string): Promise<ManifestJson> {
  const path = join(dir, MANIFEST_NAME);
  let text: string;
  try {
    text = await readManifestFile(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return { kind: "none" };
    return withReadErrors(path, () => Promise.reject(error));
  }
  try {
    return { kind: "json", json: JSON.parse(text) };
  } catch {
    return { kind: "other", found: "a manifest.json that is not JSON" };
  }
}

/** The text of a manifest, as it is written. */
export function manifestText(manifest: object): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
