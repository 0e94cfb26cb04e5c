import { tmpdir } from "node:os";
import { TenureError } from "../engine/index.js";
import { withWriteErrors } from "../recorders/index.js";

/** Codes of results that cannot be written: the disk is full, or the file system refuses. */
const UNWRITTEN = /^TEN-RESULT-0(01|11)$/;

/**
 * Does `work`, which writes a run where temporary files go: nobody chose that folder by an option.
 * @throws TenureError `TEN-REPORT-057` it cannot be written there
 */
export async function withTemporaryErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withWriteErrors(tmpdir(), work);
  } catch (error) {
    if (!(error instanceof TenureError) || !UNWRITTEN.test(error.code)) throw error;
    throw new TenureError({
      code: "TEN-REPORT-057",
      what: "The scenario cannot be run a second time, since its tables cannot be written where temporary files go.",
      place: { file: tmpdir() },
      found: error.found ?? "a full disk",
      allowed: "a folder that may be written, with room for the tables",
      hint: "Set TMPDIR to such a folder; of `tenure explain` also --no-again explains by what the run recorded.",
    });
  }
}
