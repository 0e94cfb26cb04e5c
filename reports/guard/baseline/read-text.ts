import { readFile } from "node:fs/promises";
import { TenureError } from "../../../engine/index.js";
import { withReadErrors } from "../../../recorders/index.js";

/**
 * Reads the text of a file that a baseline has.
 * @throws TenureError `TEN-GUARD-004` it is missing; `TEN-RESULT-002` it cannot be read
 */
export async function readBaselineText(file: string): Promise<string> {
  return withReadErrors(file, () =>
    readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" ? damagedFile(file, "", "no such file") : error;
    }),
  );
}

export function damagedFile(file: string, path: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-004",
    what: "A file of the baseline cannot be read.",
    place: { file, path },
    found,
    allowed: "the file as `tenure guard` wrote it, of the format of this version",
    hint: "Take it from the version control again, also after a merge with conflicts; or write a new baseline with --update.",
  });
}
