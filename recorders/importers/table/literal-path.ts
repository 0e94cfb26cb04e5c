import { resolve, sep } from "node:path";
import { TenureError } from "../../../engine/index.js";

/** Letters that make a path a pattern to DuckDB. */
const PATTERN = /[*?[\]]/g;

/**
 * A path so that DuckDB takes it for this one file: absolute (so that `~` and `s3://` mean nothing), each letter of a pattern
 * in brackets, which match that letter alone.
 * @throws TenureError `TEN-IMPORT-029` a backslash beside such letters: DuckDB takes it for a separator and has no way to say it
 */
export function literalPath(file: string): string {
  const path = resolve(file);
  if (!PATTERN.test(path)) return path;
  PATTERN.lastIndex = 0;
  if (sep === "/" && path.includes("\\")) {
    throw new TenureError({
      code: "TEN-IMPORT-029",
      what: "The library that reads this format cannot be told this name.",
      place: { file },
      found: path,
      allowed: "a path without a backslash beside *, ?, [ or ]",
      hint: "Rename the file, or move it to another folder.",
    });
  }
  return path.replace(PATTERN, (letter) => (letter === "]" ? letter : `[${letter}]`));
}
