import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isStudyFolder } from "../recorders/index.js";
import { type FolderKind, isTuning, readComparisonState } from "../studies/index.js";

/** What a folder holds, as far as it can be told, be it finished or begun; what is none of these, whoever opens it as a run refuses. */
export async function folderKind(dir: string): Promise<FolderKind> {
  if (await isTuning(dir)) return "tuning";
  if (await isStudyFolder(dir)) return "replicates";
  return (await isComparison(dir)) ? "comparison" : "run";
}

/** Finished, or begun: two sides that hold replicates, and no manifest. */
async function isComparison(dir: string): Promise<boolean> {
  const { kind } = await readComparisonState(dir);
  if (kind === "complete") return true;
  if (kind !== "none") return false;
  return (await isFolder(join(dir, "a"))) && ((await isStudyFolder(join(dir, "a"))) || (await isFolder(join(dir, "b"))));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
