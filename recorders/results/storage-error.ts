import { TenureError } from "../../engine/index.js";
import { systemWords } from "../system-words.js";

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const FULL_TEXT = /no space left on device|disk quota exceeded|file too large|out of disk space/i;

function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/**
 * What failed while a result file was written or read, as a refusal: `TEN-RESULT-001` when the disk is full,
 * `TEN-RESULT-002` for any other failure of the file system or of DuckDB. Refusals pass through unchanged, and so does
 * whatever is neither (a bug).
 */
export function storageError(error: unknown, file: string): unknown {
  if (error instanceof TenureError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if ((code !== undefined && FULL.has(code)) || FULL_TEXT.test(error.message)) {
    return new TenureError({
      code: "TEN-RESULT-001",
      what: "The disk is full, the result was not written.",
      place: { file },
      hint: "Free some space, record fewer tables or choose another --out.",
    });
  }
  const fromSystem = code !== undefined && /^E[A-Z0-9]+$/.test(code);
  const fromDuckdb = /^[A-Z]\w+ Error: /.test(error.message);
  if (!fromSystem && !fromDuckdb) return error;
  return new TenureError({
    code: "TEN-RESULT-002",
    what: "The result file could not be written or read.",
    place: { file },
    found: fromSystem && code !== undefined ? systemWords(code) : error.message.split("\n")[0],
    hint: "Check that the folder exists, is writable and is not used by another program.",
  });
}

/** Runs `work`; failures of the disk become refusals that name `file`. */
export async function withStorageErrors<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error, file);
  }
}
