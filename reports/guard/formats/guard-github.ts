import { plural } from "../../format/numbers.js";
import { changedWords } from "../../text/changed-values-text.js";
import { unwrittenWords } from "../baseline/unwritten.js";
import type { GuardReport } from "../guard-report.js";
import { causeMeaning, causeName, firstWords, gainWords, sizeWords } from "./cause-words.js";
import { foundWords } from "./found-words.js";
import { githubCommand } from "./github-command.js";

/**
 * What a guard found as annotations of GitHub Actions: an error a cause, and one an expectation that is not met, on the scenario's file; a
 * warning where nothing could be left to be reviewed.
 */
export function guardGithub(report: GuardReport): string {
  const { scenario, outcome, groups, expectations, positions, unwritten } = report;
  const file = annotatedFile(report.given);
  const errors = [
    ...groups.map((group) => {
      const title = `${scenario}: ${causeName(group.cause)}`;
      const first = firstWords(group);
      const words = [
        sizeWords(group.lines, group.share),
        causeMeaning(group),
        gainWords(group),
        ...changedWords(group.changed),
        ...(first === "" ? [] : [first]),
      ];
      return githubCommand("error", { file, title }, words.join("\n"));
    }),
    ...expectations
      .filter(({ met }) => !met)
      .map((one) => githubCommand("error", { file, title: `${scenario}: ${one.text}` }, `It is ${foundWords(one)}. ${one.meaning}`)),
  ];
  const warnings =
    unwritten === null
      ? []
      : [githubCommand("warning", { file, title: `${scenario}: ${unwritten.code}` }, unwrittenWords(unwritten, outcome))];
  if (errors.length > 0 && outcome !== "written") return lines([...errors, ...warnings]);
  const words =
    outcome === "not_compared" ? "the figures are as is demanded" : `${plural(positions, "position")}: pay is as the baseline says`;
  return lines([githubCommand("notice", { file, title: `${scenario}: passed` }, words), ...warnings]);
}

const lines = (commands: readonly string[]) => `${commands.join("\n")}\n`;

/** The file of a scenario as it was given; null: it is a shipped one. */
export function annotatedFile(given: string): string | null {
  return /\.ya?ml$/.test(given) ? given : null;
}
