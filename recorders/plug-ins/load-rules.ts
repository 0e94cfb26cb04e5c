import { dirname, resolve } from "node:path";
import { type PlugInKind, TenureError } from "../../engine/index.js";
import type { PlugInRule, PlugInUse, Scenario } from "../../scenarios/index.js";
import type { KnownFile } from "../results/known-file.js";
import { atOnce } from "./at-once.js";
import { bundleRule, type RuleBundle } from "./bundle-rule.js";
import { evaluateRule } from "./evaluate-rule.js";
import { placed } from "./placed-refusal.js";
import { readRule } from "./read-rule.js";

/** A file with a rule that was read for a run. */
export interface RuleFile {
  /** `PlugInUse.at`. */
  readonly at: string;
  readonly kind: PlugInKind;
  /** As the scenario names it. */
  readonly file: string;
  /** The folder where that path starts. */
  readonly folder: string;
  /** Of the bundle: of all that the rule is made of. */
  readonly sha256: string;
}

/** By `PlugInUse.at`. */
export type RuleBundles = ReadonlyMap<string, RuleBundle>;

export interface LoadedRules {
  /** With its rules bound: the engine can run it. */
  readonly scenario: Scenario;
  readonly files: readonly RuleFile[];
  readonly bundles: RuleBundles;
}

/**
 * Reads the rules of a scenario's own files, executes them and checks what the scenario states for them.
 * @param known by `PlugInUse.at`, where the scenario does not come from a file; a rule that is not among them stays named alone
 * @param bundles of rules that were bundled before, by `PlugInUse.at`; their files are not read again
 * @throws TenureError `TEN-PLUGIN-001` to `-009`, `-013`, `-017`; ScenarioErrors of what stands under `with`
 */
export async function loadRules(
  scenario: Scenario,
  known: ReadonlyMap<string, KnownFile> | null = null,
  bundles: RuleBundles = new Map(),
): Promise<LoadedRules> {
  const { plugIns } = scenario;
  if (plugIns === null) return { scenario, files: [], bundles };
  const files: RuleFile[] = [];
  const read = new Map<string, RuleBundle>();
  const rules = new Map<string, PlugInRule>();
  for (const use of plugIns.uses) {
    const { at, kind, file } = use;
    const only = known?.get(at);
    if (known !== null && only === undefined) continue;
    const folder = folderOf(use, scenario.file);
    const path = only?.path ?? resolve(folder, file);
    const bundle = bundles.get(at) ?? (await placed(use.place, () => bundleRule(path, file)));
    if (only !== undefined && only.sha256 !== bundle.sha256) throw otherRule(file, bundle.sha256, only.sha256);
    read.set(at, bundle);
    const evaluated = evaluateRule(bundle, file);
    rules.set(
      at,
      atOnce(file, () => readRule(evaluated, kind, file)),
    );
    files.push({ at, kind, file, folder, sha256: bundle.sha256 });
  }
  // Ceilings are asked for, and formulas bound.
  return { scenario: atOnce(files.map(({ file }) => file).join(", "), () => plugIns.bind(rules)), files, bundles: read };
}

function folderOf({ startsIn }: PlugInUse, scenarioFile: string | null): string {
  return startsIn === "scenario_folder" && scenarioFile !== null ? dirname(scenarioFile) : ".";
}

function otherRule(file: string, found: string, expected: string): TenureError {
  return new TenureError({
    code: "TEN-PLUGIN-014",
    what: "The file of the rule is not the one that the run was made with.",
    place: { file },
    found: `SHA-256 ${found} of its bundle`,
    allowed: `SHA-256 ${expected}, as the run's manifest says`,
    hint: "Bring the file back as it was, or run the scenario again.",
  });
}
