import { isReportPage } from "../reports/index.js";
import { type OwnFileKind, refuseOther, writeOwn } from "./own-file.js";

const REPORT: OwnFileKind = {
  // A page says within its first lines that it is one.
  beginning: 512,
  isOwn: isReportPage,
  other: "a file that Tenure did not write as a report",
  foreign: {
    code: "TEN-REPORT-020",
    what: "Something else than a report lies where the page is to be written.",
    allowed: "a path where nothing is yet, or an earlier report",
  },
  impossible: { code: "TEN-REPORT-021", what: "No file can have this path." },
  unwritten: { code: "TEN-REPORT-022", what: "The page could not be written." },
};

/**
 * Refuses a path at which something else lies than an earlier report.
 * @throws TenureError `TEN-REPORT-020`; `-021` no file can have the path
 */
export const refuseForeignFile = (path: string): Promise<void> => refuseOther(path, REPORT);

/**
 * Writes a page whole or not at all, with the folders above it.
 * @returns its bytes
 * @throws TenureError `TEN-REPORT-022` it cannot be written
 */
export const writeReport = (path: string, html: string): Promise<number> => writeOwn(path, html, REPORT);
