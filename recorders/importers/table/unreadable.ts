import { type Place, TenureError } from "../../../engine/index.js";
import { systemCode } from "../../streams/index.js";
import { systemWords } from "../../system-words.js";

const HINT = "It may be damaged, cut short, or of another format than its name says.";

/** What the file fails with, as a refusal; refusals, aborts and failures of the program itself pass unchanged. */
export function unreadable(file: string, error: unknown, place: Omit<Place, "file"> = {}): unknown {
  if (error instanceof TenureError || !(error instanceof Error) || error.name === "AbortError") return error;
  const code = systemCode(error);
  return new TenureError({
    code: "TEN-IMPORT-016",
    what: "The table cannot be read.",
    place: { file, ...place },
    found: code === undefined ? error.message.split("\n").slice(0, 3).join(" ").trim() : systemWords(code),
    allowed: "a table of the format that its name says",
    hint: HINT,
  });
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
