import type { FolderReport } from "./folder-report.js";

/**
 * Reads what a folder holds and makes its report. The libraries for charts are loaded only here: who draws nothing does without them.
 * @param dir of a run, of replicates, of a tuning or of a comparison
 * @param typed the folder as it is typed in the commands of the page
 * @throws TenureError as `openRun`, `openStudy`, `openTuning`, `readComparison`; those of its tables
 */
export async function folderReport(dir: string, typed: string): Promise<FolderReport> {
  const { folderReport } = await import("./folder-report.js");
  return folderReport(dir, typed);
}
