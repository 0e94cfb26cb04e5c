// Loads next to nothing: listing what there is must not wait for a YAML parser or a schema.
// biome-ignore lint/correctness/noNodejsModules: the shipped scenarios are files
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
// biome-ignore lint/correctness/noNodejsModules: paths of the shipped scenarios
import { dirname, join } from "node:path";
// biome-ignore lint/correctness/noNodejsModules: the shipped scenarios lie beside the package, not the built code
import { fileURLToPath } from "node:url";

const EXTENSION = ".yaml";

export interface ShippedScenario {
  readonly name: string;
  readonly description: string;
  /** Absolute. */
  readonly file: string;
}

/** The scenarios that come with Tenure, by name. A description stands on one line of its file, in plain letters. */
export function listShippedScenarios(): ShippedScenario[] {
  return shippedNames().map((name) => {
    const file = shippedFile(name);
    return { name, description: /^description: (.*)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "", file };
  });
}

export function shippedNames(): string[] {
  return readdirSync(shippedFolder())
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
}

/** Where the shipped scenario of a name lies. */
export function shippedFile(name: string): string {
  return join(shippedFolder(), `${name}${EXTENSION}`);
}

/** `scenarios/` of the package: the built code lies in `dist/scenarios/`, the YAML files do not. */
function shippedFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("no package.json above the scenarios");
    folder = above;
  }
  const shipped = join(folder, "scenarios");
  if (!statSync(shipped).isDirectory()) throw new Error("the package has no scenarios folder");
  return shipped;
}
