import { openRun } from "../recorders/index.js";
import type { Finding } from "./findings/finding.js";
import { runFindings } from "./findings/run-findings.js";
import { pageHtml } from "./html/page.js";
import { runPage } from "./run-page/run-page.js";
import { readRunPageData } from "./run-page/run-page-data.js";

/** The report of a folder. */
export interface FolderReport {
  readonly kind: "run" | "study" | "comparison";
  readonly title: string;
  readonly findings: readonly Finding[];
  /** All that the page shows, as numbers. */
  readonly data: object;
  /** The page as a file. */
  readonly html: () => string;
}

/**
 * Reads what a folder holds and makes its report.
 * @param dir of a run
 * @param typed the folder as it is typed in the commands of the page
 * @throws TenureError as `openRun`; those of its tables
 */
export async function folderReport(dir: string, typed: string): Promise<FolderReport> {
  const run = await openRun(dir);
  const data = await readRunPageData(run, typed);
  const findings = await runFindings(run);
  return { kind: "run", title: data.summary.scenario, findings, data, html: () => pageHtml(runPage(data, findings)) };
}
