import type { Baseline } from "./baseline.js";
import { baselineTexts } from "./baseline-text.js";
import { termsPrintIn } from "./terms-print.js";
import { writeTexts, writeWholeFolder } from "./whole-folder.js";

/**
 * Writes a baseline whole or not at all, in place of what has its folder.
 * @param addFiles writes more files into the folder it is made in
 */
export function writeBaseline(folder: string, baseline: Baseline, addFiles: (path: string) => Promise<void>): Promise<void> {
  return writeWholeFolder(folder, async (draft) => {
    await addFiles(draft.path);
    await writeTexts(draft, baselineTexts(baseline, await termsPrintIn(draft.path)));
  });
}
