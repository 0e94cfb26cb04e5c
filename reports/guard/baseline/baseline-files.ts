/** The files of a baseline, inside its folder. */
export const TOTALS_FILE = "totals.tsv";
export const SCENARIO_FILE = "scenario.yaml";
export const ABOUT_FILE = "baseline.yaml";
export const APPROVALS_FILE = "approvals.yaml";
/** Only where it was asked for. */
export const TERMS_FILE = "terms.parquet";
/** Only beside a baseline that a failed guard left. */
export const REVIEW_FILE = "review.yaml";

/** Where a failed guard leaves what it measured. */
export function newFolder(folder: string): string {
  return `${folder}.new`;
}
