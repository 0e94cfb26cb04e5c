import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { TenureError } from "../../engine/index.js";
import { type PlugInUse, type Scenario, scenarioFromResolved, shippedRule } from "../../scenarios/index.js";
import { bundleRule } from "../plug-ins/bundle-rule.js";
import { loadRules } from "../plug-ins/load-rules.js";
import type { KnownFile } from "../results/known-file.js";
import type { OpenRun } from "../results/open-run.js";
import { MANIFEST_NAME } from "../results/result-manifest.js";
import type { ResultsOfInputs } from "./inputs-of-run.js";

/** A file with a rule that a finished run was made with, as it is now. Nothing of it was executed. */
export interface RecordedRule {
  readonly use: PlugInUse;
  /** Where it lies, absolute. */
  readonly path: string;
  /** SHA-256 of its bundle in the manifest. */
  readonly expected: string;
  /** SHA-256 of its bundle now; null: there is no such file. */
  readonly found: string | null;
}

/**
 * The rules of a finished run's own files.
 * @param folder where the paths of the scenario start; undefined: where the manifest says
 * @throws TenureError `TEN-PLUGIN-015` the folder must be given, `-016` a rule lies in the run folder, `-002` to `-005` a file that
 *   is no rule any more
 */
export async function recordedRules(run: ResultsOfInputs, scenario: Scenario, folder?: string): Promise<readonly RecordedRule[]> {
  const rules: RecordedRule[] = [];
  for (const use of scenario.plugIns?.uses ?? []) rules.push(await recordedRule(run, use, folder));
  return rules;
}

async function recordedRule(run: ResultsOfInputs, use: PlugInUse, folder: string | undefined): Promise<RecordedRule> {
  const place = { file: join(run.dir, MANIFEST_NAME), path: "inputs" };
  const input = run.manifest.inputs.find((one) => one.source === "plug_in" && one.stream === use.at);
  const path = pathOf(run, use, folder, input?.file);
  if (path === undefined || input?.sha256 === undefined) {
    throw new TenureError({
      code: "TEN-PLUGIN-015",
      what: `The run used the rule of ${use.file}, and its manifest does not say where that lies.`,
      place,
      allowed: "the folder in which the scenario lies",
      hint: "Give the folder with --rules.",
    });
  }
  if (await isInside(path, run.dir)) {
    throw new TenureError({
      code: "TEN-PLUGIN-016",
      what: "The rule of the run lies in the run folder itself. Nothing that comes with results is executed.",
      place,
      found: use.file,
      allowed: "a file outside of the run folder",
      hint: "Read it; where you trust it, copy it elsewhere and give that folder with --rules.",
    });
  }
  return { use, path, expected: input.sha256, found: await hashNow(path, use.file) };
}

/** A manifest leaves a path out that would tell of the machine; what comes with Tenure is found all the same. */
function pathOf({ dir }: ResultsOfInputs, { file }: PlugInUse, folder: string | undefined, said: string | undefined): string | undefined {
  if (folder !== undefined) return resolve(folder, file);
  return said === undefined ? (shippedRule(file) ?? undefined) : resolve(dir, said);
}

async function hashNow(path: string, named: string): Promise<string | null> {
  try {
    return (await bundleRule(path, named)).sha256;
  } catch (error) {
    if (error instanceof TenureError && error.code === "TEN-PLUGIN-001" && !("errors" in error)) return null;
    throw error;
  }
}

async function isInside(path: string, folder: string): Promise<boolean> {
  const real = (one: string) => realpath(one).catch(() => one);
  const way = relative(await real(folder), await real(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The files that are as they were, for `loadRules`. */
export function unchanged(rules: readonly RecordedRule[]): ReadonlyMap<string, KnownFile> {
  return new Map(rules.flatMap(({ use, path, expected, found }) => (found === expected ? [[use.at, { path, sha256: expected }]] : [])));
}

/**
 * The scenario of a finished run. Rules of its own files are executed only where they are as they were.
 * @returns `unread`: why a rule is only named, in words
 */
export async function scenarioOfRun(run: OpenRun): Promise<{ readonly scenario: Scenario; readonly unread: readonly string[] }> {
  const named = scenarioFromResolved(run.manifest.scenario.resolved);
  if (named.plugIns === null) return { scenario: named, unread: [] };
  if (run.rules !== undefined) return { scenario: (await loadRules(named, run.rules)).scenario, unread: [] };
  try {
    const rules = await recordedRules(run, named);
    const { scenario } = await loadRules(named, unchanged(rules));
    const unread = rules.flatMap(({ use, expected, found }) =>
      found === expected ? [] : [`${use.file} ${found === null ? "is not there any more" : "was changed since"}: its terms are not shown.`],
    );
    return { scenario, unread };
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    return { scenario: named, unread: [`The terms of its own rules are not shown. ${error.what}`] };
  }
}
