import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { TenureError } from "../../../engine/index.js";
import type { PaidTotals } from "../baseline/paid-line.js";
import { readTotals } from "../baseline/read-totals.js";
import { totalsText } from "../baseline/totals-text.js";

const NAME = /^[\w][\w .-]*$/;

/**
 * Where the baseline of a test lies: `baselines/<name>.tsv` beside the file of the test, or a path of its own.
 * @throws TenureError `TEN-GUARD-019` neither a name nor a path of a .tsv file
 */
export function rowsFile(named: unknown, testFile: string | undefined): string {
  const folder = testFile === undefined ? process.cwd() : dirname(testFile);
  if (typeof named === "string" && named.endsWith(".tsv") && !named.includes("\0")) {
    return isAbsolute(named) ? named : resolve(folder, named);
  }
  if (typeof named === "string" && NAME.test(named)) return join(folder, "baselines", `${named}.tsv`);
  throw new TenureError({
    code: "TEN-GUARD-019",
    what: "The baseline of these rows has no name.",
    place: { path: "toMatchBaseline" },
    found: named,
    allowed: "a name, of letters, digits, spaces, points and hyphens, or the path of a .tsv file",
    hint: 'Name it after what is paid: expect(rows).toMatchBaseline("weekly rewards").',
  });
}

/** Reads it; null: there is none. @throws TenureError `TEN-GUARD-003` */
export function readRowsFile(file: string): PaidTotals | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return readTotals(text, file, { ofRun: false });
}

/** Writes it, whole or not at all. */
export function writeRowsFile(file: string, totals: PaidTotals): void {
  const partial = `${file}.${process.pid}.partial`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(partial, totalsText(totals));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
