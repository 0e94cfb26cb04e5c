import { lstat, open } from "node:fs/promises";
import { dirname } from "node:path";
import { TenureError } from "../engine/index.js";
import { makeFolders, pathFault } from "../recorders/index.js";
import { isReportPage } from "../reports/index.js";
import { replaceFile } from "./replace-file.js";

/** A page says within its first lines that it is one. */
const BEGINNING_BYTES = 512;

/**
 * Refuses a path at which something else lies than an earlier report.
 * @throws TenureError `TEN-REPORT-020`; `-021` no file can have the path
 */
export async function refuseForeignFile(path: string): Promise<void> {
  if (/[\\/]$/.test(path)) throw impossible(path, "the path of a folder");
  const fault = await pathFault(path);
  if (fault !== undefined) throw impossible(path, fault.words);
  const entry = await lstat(path).catch(() => null);
  if (entry === null) return;
  const found = entry.isDirectory() ? "a folder" : entry.isFile() ? await foreignWords(path) : "a link, a pipe or a device";
  if (found === null) return;
  throw new TenureError({
    code: "TEN-REPORT-020",
    what: "Something else than a report lies where the page is to be written.",
    place: { file: path },
    found,
    allowed: "a path where nothing is yet, or an earlier report",
    hint: "Choose another --out, or move that away.",
  });
}

/** Null: it is a report. */
async function foreignWords(path: string): Promise<string | null> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
      return isReportPage(buffer.toString("utf8", 0, bytesRead)) ? null : "a file that Tenure did not write as a report";
    } finally {
      await file.close();
    }
  } catch (error) {
    return `a file that cannot be read: ${(error as Error).message}`;
  }
}

function impossible(path: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-REPORT-021",
    what: "No file can have this path.",
    place: { file: path },
    found,
    allowed: "the path of a file, in a folder that is there or can be made",
    hint: "Choose another --out.",
  });
}

/**
 * Writes a page whole or not at all, with the folders above it.
 * @returns its bytes
 * @throws TenureError `TEN-REPORT-022` it cannot be written
 */
export async function writeReport(path: string, html: string): Promise<number> {
  const bytes = Buffer.from(html);
  try {
    await makeFolders(dirname(path));
    await replaceFile(path, bytes);
    return bytes.length;
  } catch (error) {
    throw new TenureError({
      code: "TEN-REPORT-022",
      what: "The page could not be written.",
      place: { file: path },
      found: (error as Error).message,
      allowed: "a folder that you may write to, on a disk that is not full",
      hint: "Free some space, or choose another --out.",
    });
  }
}
