import { shippedNames } from "../../scenarios/index.js";

/** What becomes of the folder: it is taken as it is, replaced though its manifest was changed, or left for another one beside it. */
type Folder = "same" | "replaced" | "other";

/** What a shell leaves as it is. */
const PLAIN = /^[\w./@%+=:,-]+$/;

/**
 * The command that makes a run anew.
 * @param scenario what its manifest says of the name; only that of a shipped scenario can be typed: of another one the file is not known
 */
export function anewCommand(scenario: unknown, dir: string, folder: Folder): string {
  const name = typeof scenario === "string" && shippedNames().includes(scenario) ? scenario : "<scenario>";
  const out = folder === "other" ? `${dir.replace(/(?<=.)[\\/]+$/, "")}-again` : dir;
  const typed = PLAIN.test(out) && !out.startsWith("-") ? out : `'${out.replaceAll("'", "'\\''")}'`;
  const whose = name !== "<scenario>" || typeof scenario !== "string" ? "" : ` (the file of the scenario ${JSON.stringify(scenario)})`;
  return `\`tenure run ${name} --out ${typed}${folder === "replaced" ? " --force" : ""}\`${whose}`;
}
