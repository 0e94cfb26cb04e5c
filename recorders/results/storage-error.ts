import { TenureError } from "../../engine/index.js";
import { systemCode, systemWords } from "../system-words.js";

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const NO_HANDLES = new Set(["EMFILE", "ENFILE"]);
const NO_HANDLES_TEXT = /too many open files/i;
const FULL_TEXT = /no space left on device|disk quota exceeded|file too large|out of disk space/i;

/**
 * What failed while a result file was written or read, as a refusal: `TEN-RESULT-001` when the disk is full,
 * `TEN-RESULT-011` for any other failure of the file system or of DuckDB in writing, `TEN-RESULT-002` in reading. Refusals
 * pass through unchanged, and so does whatever is neither (a bug).
 */
export function storageError(error: unknown, file: string, doing: "writing" | "reading"): unknown {
  if (error instanceof TenureError || !(error instanceof Error)) return error;
  const code = systemCode(error);
  if ((code !== undefined && FULL.has(code)) || FULL_TEXT.test(error.message)) {
    return new TenureError({
      code: "TEN-RESULT-001",
      what: "The disk is full, the result was not written.",
      place: { file },
      hint: "Free some space, record fewer tables or choose another --out.",
    });
  }
  const fromDuckdb = /^[A-Z]\w+ Error: /.test(error.message);
  if (code === undefined && !fromDuckdb) return error;
  const lacksHandles = (code !== undefined && NO_HANDLES.has(code)) || NO_HANDLES_TEXT.test(error.message);
  const moreHandles = "Allow more open files (`ulimit -n 256` in a shell), or close other programs.";
  const found = code !== undefined ? systemWords(code) : error.message.split("\n")[0];
  if (doing === "reading") {
    return new TenureError({
      code: "TEN-RESULT-002",
      what: "The result file could not be read.",
      place: { file },
      found,
      allowed: "a path that leads to it",
      hint: lacksHandles ? moreHandles : "Check that it exists, that you may read it and that no other program uses it.",
    });
  }
  return new TenureError({
    code: "TEN-RESULT-011",
    what: "The result could not be written.",
    place: { file },
    found,
    hint: lacksHandles
      ? moreHandles
      : "Check that the folder is one you may write to and that no other program uses it, or choose another --out.",
  });
}

/** Runs `work`, which reads; failures of the disk become refusals that name `file`. */
export async function withReadErrors<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error, file, "reading");
  }
}

/** Runs `work`, which writes; failures of the disk become refusals that name `file`. */
export async function withWriteErrors<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error, file, "writing");
  }
}
