import { formatFound, formatPlace, type Refusal } from "../../../engine/index.js";
import { githubCommand } from "./github-command.js";
import { annotatedFile } from "./guard-github.js";
import { junitSuite } from "./junit-suite.js";

/** Why a guard could not run, as annotations of GitHub Actions: an error a refusal, where it says so on its line. */
export function refusedGithub(given: string, refusals: readonly Refusal[]): string {
  const commands = refusals.map(({ code, what, place, ...rest }) => {
    const { file, line = null, column: col = null } = place ?? {};
    const at = file === undefined || line === null ? { file: annotatedFile(given) } : { file, line, col };
    const where = formatPlace(place);
    const words = [what, ...(where === "" ? [] : [`place: ${where}`]), ...saidWith(rest)];
    return githubCommand("error", { ...at, title: `${given}: ${code}` }, words.join("\n"));
  });
  return `${commands.join("\n")}\n`;
}

/** The same as JUnit XML: one case, in error. */
export function refusedJunit(given: string, refusals: readonly Refusal[]): string {
  const [{ code, what }] = refusals;
  const text = refusals.map(({ code: one, what: says, place, ...rest }) => {
    const where = formatPlace(place);
    return [where === "" ? one : `${one}  ${where}`, says, ...saidWith(rest)].join("\n  ");
  });
  return junitSuite(`tenure guard ${given}`, [
    { name: "the guard runs", fault: { kind: "error", type: code, message: what, text: text.join("\n") } },
  ]);
}

function saidWith({ found, allowed, hint }: Omit<Refusal, "code" | "what" | "place">): readonly string[] {
  return [
    ...(found === undefined ? [] : [`found: ${formatFound(found)}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
}
