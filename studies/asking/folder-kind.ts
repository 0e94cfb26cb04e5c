import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isOfStudy, isStudyFolder, MANIFEST_NAME, readManifestFile } from "../../recorders/index.js";
import { COMPARISON_FORMAT } from "../compare/comparison-manifest.js";
import { isTuning } from "../tuning/is-tuning.js";

/** What a folder of results is of. */
export type FolderKind = "run" | "replicates" | "comparison" | "tuning";

/**
 * What a folder holds, as far as it can be told, be it finished, begun or changed since; what is none of these, whoever opens it as a run
 * refuses.
 */
export async function folderKind(dir: string): Promise<FolderKind> {
  if (await isTuning(dir)) return "tuning";
  const format = await formatIn(dir);
  if (isOfStudy({ format })) return "replicates";
  if (format === COMPARISON_FORMAT) return "comparison";
  return format === undefined && (await isBegunComparison(dir)) ? "comparison" : "run";
}

/** `format` of the manifest in a folder. What else is wrong with it, whoever opens it tells. */
async function formatIn(dir: string): Promise<unknown> {
  try {
    return JSON.parse(await readManifestFile(join(dir, MANIFEST_NAME))).format;
  } catch {
    return undefined;
  }
}

/** Two sides that hold replicates, the second perhaps not yet. */
async function isBegunComparison(dir: string): Promise<boolean> {
  return (await isFolder(join(dir, "a"))) && ((await isStudyFolder(join(dir, "a"))) || (await isFolder(join(dir, "b"))));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
