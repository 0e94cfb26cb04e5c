import type { FolderReport } from "./folder-report.js";

/** As `folderReport` of `folder-report.ts`, whose libraries for charts are loaded only here: who draws nothing does without them. */
export async function folderReport(dir: string, typed: string): Promise<FolderReport> {
  const { folderReport } = await import("./folder-report.js");
  return folderReport(dir, typed);
}
