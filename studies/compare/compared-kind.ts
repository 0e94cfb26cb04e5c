import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { TenureError } from "../../engine/index.js";
import { isOfStudy, MANIFEST_NAME, readManifestFile } from "../../recorders/index.js";
import { listShippedScenarios } from "../../scenarios/index.js";
import { COMPARISON_FORMAT } from "./comparison-manifest.js";

/** What can be compared with one of its own kind. */
export type ComparedKind = "run" | "study" | "scenario";

const KIND_WORDS: Readonly<Record<ComparedKind, string>> = {
  run: "the folder of a run",
  study: "a folder of replicates",
  scenario: "a scenario",
};

/** What an argument of a comparison means; nothing of it is read but its beginning. A bare name of a shipped scenario is that scenario. Refusal: `TEN-COMPARE-009`. */
export async function comparedKind(path: string): Promise<ComparedKind> {
  if (listShippedScenarios().some(({ name }) => name === path)) return "scenario";
  const entry = await stat(path).catch(() => null);
  // Who names a folder means a run, also where there is none.
  if (entry === null) return extname(path) === "" && /[/\\]/.test(path) ? "run" : "scenario";
  if (!entry.isDirectory()) return "scenario";
  const format = await formatIn(path);
  if (format === COMPARISON_FORMAT) throw notItself(path);
  return isOfStudy({ format }) ? "study" : "run";
}

/** `format` of the manifest in a folder. What else the folder holds, whoever opens it tells. */
async function formatIn(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readManifestFile(join(folder, MANIFEST_NAME))).format;
  } catch {
    return undefined;
  }
}

function notItself(folder: string): TenureError {
  return new TenureError({
    code: "TEN-COMPARE-009",
    what: "This folder holds a comparison, which is not compared itself.",
    place: { file: folder },
    found: "a comparison",
    allowed: "two folders of runs, two folders of replicates, or two scenarios",
    hint: `Its two sides are folders of replicates: ${join(folder, "a")} and ${join(folder, "b")}.`,
  });
}

/**
 * The kind of both arguments of a comparison.
 * @throws TenureError `TEN-COMPARE-005` they are not of one kind, `-009` a folder of a comparison
 */
export async function oneKind(a: string, b: string): Promise<ComparedKind> {
  const [kindA, kindB] = [await comparedKind(a), await comparedKind(b)];
  if (kindA === kindB) return kindA;
  const named = [a, b].find((path, at) => [kindA, kindB][at] === "scenario" && !/[/\\.]/.test(path));
  throw new TenureError({
    code: "TEN-COMPARE-005",
    what: "What is to be compared is not of one kind.",
    place: { path: b },
    found: `${KIND_WORDS[kindA]} and ${KIND_WORDS[kindB]}`,
    allowed: "two folders of runs, two folders of replicates, or two scenarios",
    hint:
      named === undefined
        ? "Run the scenario first, or give two scenarios."
        : `Run the scenario first, or give two scenarios; a folder of that name is ./${named}`,
  });
}
