import { openRun } from "../recorders/index.js";
import { type FolderKind, folderKind } from "../studies/index.js";
import { comparisonPage } from "./comparison-page/comparison-page.js";
import { readComparison } from "./comparison-page/read-comparison.js";
import { comparisonFindings } from "./findings/comparison-findings.js";
import { followRunEvidence } from "./findings/evidence/run-evidence.js";
import type { Finding } from "./findings/finding.js";
import { findingsOf } from "./findings/run-findings.js";
import { replicatesFindings, tuningFindings } from "./findings/study-findings.js";
import { pageHtml } from "./html/page.js";
import { TablePasses } from "./reading/table-passes.js";
import { runPage } from "./run-page/run-page.js";
import { LARGE_TABLES, readRunPageData } from "./run-page/run-page-data.js";
import { replicatesPage } from "./study-page/replicates/replicates-page.js";
import { readReplicatesPageData } from "./study-page/replicates/replicates-page-data.js";
import { tuningPage } from "./study-page/tuning/tuning-page.js";
import { readTuningPageData } from "./study-page/tuning/tuning-page-data.js";

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

const REPORTS: Readonly<Record<FolderKind, (dir: string, typed: string) => Promise<FolderReport>>> = {
  run: async (dir, typed) => {
    const run = await openRun(dir);
    run.checkAhead(LARGE_TABLES);
    const passes = new TablePasses(run);
    const evidence = await followRunEvidence(run, passes);
    const data = await readRunPageData(run, typed, passes);
    const findings = findingsOf(await evidence());
    return { kind: "run", title: data.summary.scenario, findings, data, html: () => pageHtml(runPage(data, findings)) };
  },
  replicates: async (dir, typed) => {
    const data = await readReplicatesPageData(dir, typed);
    const findings = replicatesFindings(data.summary);
    return { kind: "study", title: data.summary.scenario, findings, data, html: () => pageHtml(replicatesPage(data, findings)) };
  },
  tuning: async (dir, typed) => {
    const data = await readTuningPageData(dir, typed);
    const findings = tuningFindings(data.tuning);
    return { kind: "study", title: data.tuning.study, findings, data, html: () => pageHtml(tuningPage(data, findings)) };
  },
  comparison: async (dir, typed) => {
    const data = await readComparison(dir, typed);
    const findings = comparisonFindings(data.comparison);
    const page = comparisonPage(data, findings);
    return { kind: "comparison", title: page.title, findings, data, html: () => pageHtml(page) };
  },
};

/**
 * Reads what a folder holds and makes its report.
 * @param dir of a run, of replicates, of a tuning or of a comparison
 * @param typed the folder as it is typed in the commands of the page
 * @throws TenureError as `openRun`, `openStudy`, `openTuning`, `readComparison`; those of its tables
 */
export async function folderReport(dir: string, typed: string): Promise<FolderReport> {
  return REPORTS[await folderKind(dir)](dir, typed);
}
