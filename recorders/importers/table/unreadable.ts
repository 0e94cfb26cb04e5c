import { type Place, TenureError } from "../../../engine/index.js";
import { systemCode } from "../../streams/index.js";
import { systemWords } from "../../system-words.js";

const ALLOWED = "a table of the format that its name says";
const HINT = "It may be damaged, cut short, or of another format than its name says.";

/** How a failure of a library is told. */
interface Told {
  /** What the file is, in words of our own. */
  readonly found: string;
  readonly allowed?: string;
  /** Once it is aborted, whatever fails passes unchanged. */
  readonly signal?: AbortSignal | undefined;
}

/** What the file fails with, as a refusal; refusals, our own interruption and failures of the program itself pass unchanged. */
export function unreadable(file: string, error: unknown, { found, allowed = ALLOWED, signal }: Told): unknown {
  if (error instanceof TenureError || !(error instanceof Error) || signal?.aborted === true) return error;
  const code = systemCode(error);
  return malformed({ file }, code === undefined ? found : systemWords(code), allowed);
}

/** A refusal of a row or of the whole file that is not of its format. */
export function malformed(place: Place, found: unknown, allowed: string, hint = HINT): TenureError {
  return new TenureError({ code: "TEN-IMPORT-016", what: "The table cannot be read.", place, found, allowed, hint });
}

/** The proof that what was read is what the file holds: two counts of its rows, made by different means. */
export function checkCount(file: string, read: number, counted: number): void {
  if (read === counted) return;
  throw new TenureError({
    code: "TEN-IMPORT-024",
    what: "The rows that were read are not all rows of the file.",
    place: { file },
    found: `${read} rows read`,
    allowed: `${counted} rows, as counted over the bytes of the file`,
    hint: "Did it change while it was read? Import it again; if it stays so, please report it.",
  });
}
