// Loads next to nothing: listing what there is must not wait for a YAML parser or a schema.
// biome-ignore lint/correctness/noNodejsModules: the shipped scenarios are files
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
// biome-ignore lint/correctness/noNodejsModules: paths of the shipped scenarios
import { dirname, join, resolve, sep } from "node:path";
// biome-ignore lint/correctness/noNodejsModules: the shipped scenarios lie beside the package, not the built code
import { fileURLToPath } from "node:url";

const EXTENSION = ".yaml";

/** A scenario that comes with Tenure. */
export interface ShippedScenario {
  readonly name: string;
  readonly description: string;
  /** Absolute. */
  readonly file: string;
}

/** The scenarios that come with Tenure, by name. A description stands on one line of its file, in plain letters. */
export function listShippedScenarios(): ShippedScenario[] {
  return listShipped("scenarios");
}

/** Where files that come with Tenure lie, beside the package. */
export type ShippedFolder = "scenarios" | "studies";

/** As `listShippedScenarios`, of any such folder. */
export function listShipped(folder: ShippedFolder): ShippedScenario[] {
  return shippedNames(folder).map((name) => {
    const file = shippedFile(name, folder);
    return { name, description: /^description: (.*)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "", file };
  });
}

export function shippedNames(folder: ShippedFolder = "scenarios"): string[] {
  return readdirSync(shippedFolder(folder))
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
}

/** Where the shipped file of a name lies. */
export function shippedFile(name: string, folder: ShippedFolder = "scenarios"): string {
  return join(shippedFolder(folder), `${name}${EXTENSION}`);
}

/** The file of a rule as a shipped scenario names it, absolute; null: no such rule comes with Tenure. */
export function shippedRule(named: string): string | null {
  const folder = shippedFolder("scenarios");
  const file = resolve(folder, named);
  return file.startsWith(join(folder, "rules") + sep) && existsSync(file) ? file : null;
}

/** The text of such a file. */
export function shippedRuleText(file: string): string {
  return readFileSync(file, "utf8");
}

/** The folder of the package: the built code lies in `dist/`, the YAML files do not. */
function shippedFolder(name: ShippedFolder): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("no package.json above the scenarios");
    folder = above;
  }
  const shipped = join(folder, name);
  if (!statSync(shipped).isDirectory()) throw new Error(`the package has no ${name} folder`);
  return shipped;
}
