import { InvariantError, nearestName, TenureError } from "../engine/index.js";
import { loadScenario } from "./load-scenario.js";
import { readScenarioFile } from "./reading/scenario-files.js";
import { shippedNames, shippedRule, shippedRuleText } from "./reading/shipped-scenarios.js";
import { SCENARIO_CODES } from "./schema/error-codes.js";
import { requireScenarioName } from "./starter-scenario.js";

/** A file of a copy. */
export interface CopiedFile {
  /** Where it goes as the scenario names it, from the folder of the scenario; null: it is the scenario. */
  readonly path: string | null;
  readonly text: string;
}

/**
 * A shipped scenario under another name: the scenario, then the files of the rules that it names.
 * @throws TenureError `TEN-SCENARIO-001` none of that name is shipped, `-006` a scenario cannot have the new name
 */
export function copyScenario(shipped: string, name: string): readonly CopiedFile[] {
  requireScenarioName(name);
  requireShipped(shipped);
  const { text } = readScenarioFile(shipped);
  const files = new Set((loadScenario(shipped).plugIns?.uses ?? []).map(({ file }) => file));
  const rules = [...files].map((file) => {
    const path = shippedRule(file);
    if (path === null) throw new InvariantError(`the shipped scenario ${shipped} names ${file}, which does not come with it`);
    return { path: file, text: shippedRuleText(path) };
  });
  return [{ path: null, text: renamed(text, shipped, name) }, ...rules];
}

function requireShipped(name: string): void {
  const names = shippedNames();
  if (names.includes(name)) return;
  const nearest = nearestName(name, names);
  throw new TenureError({
    code: SCENARIO_CODES.missingFile,
    what: "No scenario of this name comes with Tenure.",
    place: { path: "--from" },
    found: name,
    allowed: `one of ${names.join(", ")}`,
    hint: nearest === undefined ? "`tenure scenarios list` tells what each is." : `Did you mean ${nearest}?`,
  });
}

/** Commands in its comments run the copy, too. */
function renamed(text: string, from: string, to: string): string {
  const named = text.replace(/^name: .*$/m, () => `name: ${JSON.stringify(to)}`);
  return named.replaceAll(new RegExp(`tenure run ${from}(?![\\w-])`, "g"), () => `tenure run ${to}.yaml`);
}
