import { formatFigure } from "../../format/figure.js";
import { plural } from "../../format/numbers.js";
import type { GuardReport } from "../guard-report.js";
import { causeMeaning, causeName, firstWords, sizeWords } from "./cause-words.js";

/**
 * What a guard found as annotations of GitHub Actions: an error a cause, and one an expectation that is not met, on the scenario's file.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function guardGithub(report: GuardReport): string {
  const { scenario, given, outcome, groups, expectations, positions } = report;
  const file = /\.ya?ml$/.test(given) ? given : null;
  const errors = [
    ...groups.map((group) => {
      const title = `${scenario}: ${causeName(group.cause)}`;
      const first = firstWords(group);
      const changed = group.changed.map(({ path, a, b }) => `${path} ${JSON.stringify(a ?? null)} -> ${JSON.stringify(b ?? null)}`);
      const words = [sizeWords(group.lines, group.share), causeMeaning(group), ...changed, ...(first === "" ? [] : [first])];
      return command("error", { file, title }, words.join("\n"));
    }),
    ...expectations
      .filter(({ met }) => !met)
      .map(({ text, found, meaning }) =>
        command("error", { file, title: `${scenario}: ${text}` }, `It is ${formatFigure(found)}. ${meaning}`),
      ),
  ];
  if (errors.length > 0 && outcome !== "written") return `${errors.join("\n")}\n`;
  const words =
    outcome === "not_compared" ? "the figures are as is demanded" : `${plural(positions, "line")} of pay are as the baseline says`;
  return `${command("notice", { file, title: `${scenario}: passed` }, words)}\n`;
}

function command(name: string, properties: Readonly<Record<string, string | null>>, message: string): string {
  const given = Object.entries(properties).flatMap(([key, value]) => (value === null ? [] : [`${key}=${property(value)}`]));
  return `::${name} ${given.join(",")}::${data(message)}`;
}

const data = (text: string) => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const property = (text: string) => data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
