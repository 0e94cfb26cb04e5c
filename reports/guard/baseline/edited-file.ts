import { TenureError } from "../../../engine/index.js";
import { ABOUT_FILE } from "./baseline-files.js";

/** What of a baseline has a checksum, and in which file it stands. */
export type CheckedPart = "totals" | "scenario" | "approvals" | "terms" | "header" | "review";

const WORDS: Readonly<Record<CheckedPart, string>> = {
  totals: "its totals are not those that were approved",
  scenario: "its scenario is not the one that was measured",
  approvals: "its approvals are not those that were given",
  terms: "its terms are not those that were measured",
  header: "its header is not as it was written",
  review: "what is to be reviewed is not what the guard found",
};

const WRITE_ANEW = "After a merge `tenure guard run --update` writes it anew; look at what it changes.";
const HINTS: Readonly<Record<CheckedPart, string>> = {
  totals: `Take the folder from the version control again. ${WRITE_ANEW}`,
  scenario: `Take the folder from the version control again. ${WRITE_ANEW}`,
  approvals:
    "Take the file from the version control again; where the edit is meant, or approvals of two branches were merged, `tenure guard run --update` keeps them as they stand now.",
  terms: "Take the file from the version control again, or let `tenure guard run --update` make it anew.",
  header: `Take the folder from the version control again. ${WRITE_ANEW}`,
  review: "Run `tenure guard run` again, then review.",
};

/** The refusal of a file whose checksum is another one than its baseline says. */
export function editedFile(part: CheckedPart, file: string, found: string, allowed: string): TenureError {
  const holder = part === "review" ? "of the same file" : `of ${ABOUT_FILE}`;
  return new TenureError({
    code: "TEN-GUARD-021",
    what: `The baseline was edited by hand, damaged or merged: ${WORDS[part]} (${part}_sha256 ${holder}).`,
    place: { file },
    found,
    allowed,
    hint: HINTS[part],
  });
}
