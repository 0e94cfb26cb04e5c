import { TenureError } from "../engine/index.js";
import { isReportPage } from "../reports/index.js";
import { type OwnFileKind, refuseOther, writeOwn } from "./own-file.js";

const REPORT: OwnFileKind = {
  // A page says within its first lines that it is one.
  beginning: 512,
  isOwn: isReportPage,
  other: "a file that Tenure did not write as a report",
  foreign: (path, found) =>
    new TenureError({
      code: "TEN-REPORT-020",
      what: "Something else than a report lies where the page is to be written.",
      place: { file: path },
      found,
      allowed: "a path where nothing is yet, or an earlier report",
      hint: "Choose another --out, or move that away.",
    }),
  impossible: (path, found) =>
    new TenureError({
      code: "TEN-REPORT-021",
      what: "No file can have this path.",
      place: { file: path },
      found,
      allowed: "the path of a file, in a folder that is there or can be made",
      hint: "Choose another --out.",
    }),
  unwritten: (path, found) =>
    new TenureError({
      code: "TEN-REPORT-022",
      what: "The page could not be written.",
      place: { file: path },
      found,
      allowed: "a folder that you may write to, on a disk that is not full",
      hint: "Free some space, or choose another --out.",
    }),
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
