import { basename, normalize, resolve } from "node:path";

/** The files of a baseline, inside its folder. */
export const TOTALS_FILE = "totals.tsv";
export const SCENARIO_FILE = "scenario.yaml";
export const ABOUT_FILE = "baseline.yaml";
export const APPROVALS_FILE = "approvals.yaml";
/** Only where it was asked for. */
export const TERMS_FILE = "terms.parquet";
/** Only beside a baseline that a failed guard left. */
export const REVIEW_FILE = "review.yaml";

/** All that a baseline's folder has of its own. */
export const BASELINE_FILES: ReadonlySet<string> = new Set([TOTALS_FILE, SCENARIO_FILE, ABOUT_FILE, APPROVALS_FILE, TERMS_FILE]);

/** The path of a baseline's folder that ends in its name: what lies beside it is called after it. */
export function namedFolder(folder: string): string {
  const path = normalize(folder).replace(/(?<=.)[\\/]+$/, "");
  return [".", "..", ""].includes(basename(path)) ? resolve(path) : path;
}

/** Where a failed guard leaves what it measured. */
export function newFolder(folder: string): string {
  return `${namedFolder(folder)}.new`;
}
