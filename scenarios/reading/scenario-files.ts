// The one place of this room that touches the machine: a scenario is read from a file.
// biome-ignore lint/correctness/noNodejsModules: scenario files are read here and nowhere else in the room
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
// biome-ignore lint/correctness/noNodejsModules: paths of scenario files
import { dirname, join } from "node:path";
// biome-ignore lint/correctness/noNodejsModules: the shipped scenarios lie beside the package, not the built code
import { fileURLToPath } from "node:url";
import { InvariantError, TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { nearestName } from "../schema/nearest-name.js";
import { readYaml } from "./yaml-text.js";

const EXTENSION = /\.ya?ml$/;

export interface ShippedScenario {
  readonly name: string;
  readonly description: string;
  /** Absolute. */
  readonly file: string;
}

/** The scenarios that come with Tenure, by name. */
export function listShippedScenarios(): ShippedScenario[] {
  const folder = shippedFolder();
  return shippedNames().map((name) => {
    const file = join(folder, `${name}.yaml`);
    const { value } = readYaml(readFileSync(file, "utf8"), file, true);
    const { description } = (typeof value === "object" && value !== null ? value : {}) as { description?: unknown };
    return { name, description: typeof description === "string" ? description : "", file };
  });
}

/**
 * The text of a scenario, by path or by the name of a shipped one.
 * @throws TenureError `TEN-SCENARIO-001`
 */
export function readScenarioFile(pathOrName: string): { file: string; text: string } {
  const file = isName(pathOrName) && shippedNames().includes(pathOrName) ? join(shippedFolder(), `${pathOrName}.yaml`) : pathOrName;
  try {
    return { file, text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)) };
  } catch (error) {
    throw unreadable(pathOrName, error);
  }
}

function isName(pathOrName: string): boolean {
  return !/[/\\]/.test(pathOrName) && !EXTENSION.test(pathOrName);
}

function unreadable(pathOrName: string, error: unknown): TenureError {
  const { code } = error as { code?: unknown };
  const names = shippedNames();
  const nearest = nearestName(pathOrName.replace(/^.*[/\\]/, "").replace(EXTENSION, ""), names);
  const missing = code === "ENOENT" || code === "ENOTDIR";
  const reason =
    code === "EISDIR"
      ? "It is a folder."
      : code === "ERR_ENCODING_INVALID_ENCODED_DATA"
        ? "It is not UTF-8 text."
        : `The machine says ${String(code)}.`;
  return new TenureError({
    code: SCENARIO_CODES.missingFile,
    what: missing ? "There is no such scenario." : `The scenario cannot be read. ${reason}`,
    place: { file: pathOrName },
    found: pathOrName,
    allowed: `the path of a YAML file, or one of ${names.join(", ")}`,
    ...(missing && nearest !== undefined ? { hint: `Did you mean ${nearest}?` } : {}),
  });
}

function shippedNames(): string[] {
  return readdirSync(shippedFolder())
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.replace(EXTENSION, ""))
    .sort();
}

/** `scenarios/` of the package: the built code lies in `dist/scenarios/`, the YAML files do not. */
function shippedFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new InvariantError("no package.json above the scenarios");
    folder = above;
  }
  const shipped = join(folder, "scenarios");
  if (!statSync(shipped).isDirectory()) throw new InvariantError("the package has no scenarios folder");
  return shipped;
}
