import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { CheckCase, OtherLines } from "./case.js";
import { GOLDEN_FILES } from "./files/index.js";

export interface GoldenFailure {
  /** Name of the case, or the line where it has none. */
  readonly case: string;
  readonly what: string;
}

export interface GoldenFileReport {
  /** Path in the folder, without `.jsonl`. */
  readonly file: string;
  readonly known: boolean;
  readonly passed: number;
  readonly total: number;
  readonly firstDifference: GoldenFailure | null;
}

/** The folder cannot be used at all. */
export class GoldenFolderError extends Error {}

/**
 * Runs every known `*.jsonl` of a folder and of the folders in it; unknown ones are reported as such.
 *
 * @throws GoldenFolderError when there is no such folder, or nothing known in it
 */
export function runGoldenFolder(folder: string, files: Readonly<Record<string, CheckCase>> = GOLDEN_FILES): GoldenFileReport[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".jsonl"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new GoldenFolderError(code === "ENOENT" ? `There is no folder ${folder}.` : `Cannot read ${folder} (${code}).`);
  }
  const stems = names.map((name) => name.slice(0, -".jsonl".length).replaceAll("\\", "/")).sort();
  if (!stems.some((stem) => Object.hasOwn(files, stem))) {
    throw new GoldenFolderError(`${folder} holds none of the files that are known: ${Object.keys(files).join(", ")}.`);
  }
  const others = linesOf((file) => readFileSync(join(folder, `${file}.jsonl`), "utf8"));
  return stems.map((stem) => {
    if (!Object.hasOwn(files, stem)) return { file: stem, known: false, passed: 0, total: 0, firstDifference: null };
    return runGoldenText(stem, readFileSync(join(folder, `${stem}.jsonl`), "utf8"), files[stem], others);
  });
}

/** Files of a folder, each read when it is asked for, and once. */
export function linesOf(read: (file: string) => string): OtherLines {
  const known = new Map<string, readonly unknown[]>();
  return (file) => {
    const lines =
      known.get(file) ??
      read(file)
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line): unknown => JSON.parse(line));
    known.set(file, lines);
    return lines;
  };
}

/** Runs the cases of one file, one a line. */
export function runGoldenText(file: string, text: string, check: CheckCase, others: OtherLines): GoldenFileReport {
  let passed = 0;
  let total = 0;
  let firstDifference: GoldenFailure | null = null;
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    total += 1;
    let name = `line ${index + 1}`;
    try {
      const parsed: unknown = JSON.parse(line);
      name = z.object({ case: z.string() }).safeParse(parsed).data?.case ?? z.object({ id: z.string() }).safeParse(parsed).data?.id ?? name;
      check(parsed, others);
      passed += 1;
    } catch (error) {
      firstDifference ??= { case: name, what: describe(error) };
    }
  });
  if (total === 0) firstDifference = { case: "line 1", what: "the file holds no cases" };
  return { file, known: true, passed, total, firstDifference };
}

/** Did all that is known pass? */
export function allPassed(reports: readonly GoldenFileReport[]): boolean {
  return reports.every((report) => report.firstDifference === null);
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) return `the case cannot be read: ${z.prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}
