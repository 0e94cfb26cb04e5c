import { formatTokensChange } from "../../format/amount.js";
import { formatFigure } from "../../format/figure.js";
import { PLAIN_STYLE } from "../../style.js";
import type { GuardReport } from "../guard-report.js";
import { causeMeaning, causeName, firstWords, sizeWords } from "./cause-words.js";
import { guardText } from "./guard-text.js";

interface TestCase {
  readonly name: string;
  /** Null: it passes. */
  readonly failure: { readonly message: string; readonly text: string } | null;
}

/** What a guard found as JUnit XML: a case for the baseline where it is equal, a failed one a cause, a case an expectation. */
export function guardJunit(report: GuardReport): string {
  const { scenario } = report;
  const cases = [...baselineCases(report), ...expectationCases(report)];
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  const suite = xml(`tenure guard ${scenario}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tenure guard" ${counts}>`,
    `  <testsuite name="${suite}" ${counts} skipped="0">`,
    ...cases.flatMap(({ name, failure }) => {
      const head = `    <testcase classname="${suite}" name="${xml(name)}"`;
      if (failure === null) return [`${head}/>`];
      return [
        `${head}>`,
        `      <failure type="guard" message="${xml(failure.message)}">${xml(failure.text)}</failure>`,
        "    </testcase>",
      ];
    }),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function baselineCases(report: GuardReport): readonly TestCase[] {
  if (report.outcome === "not_compared") return [];
  if (report.outcome !== "differs") return [{ name: "pay is as the baseline says", failure: null }];
  const text = guardText(report, PLAIN_STYLE);
  return report.groups.map((group) => {
    const message = `${causeName(group.cause)}: ${sizeWords(group.lines, group.share)}; ${causeMeaning(group)}`;
    const movers = group.lines.map(({ hotkey, changeRao }) => `${hotkey} ${formatTokensChange(changeRao)} alpha`);
    return { name: causeName(group.cause), failure: { message, text: [firstWords(group), ...movers, "", text].join("\n") } };
  });
}

function expectationCases({ expectations }: GuardReport): readonly TestCase[] {
  return expectations.map(({ text, met, found, meaning }) => ({
    name: text,
    failure: met ? null : { message: `it is ${formatFigure(found)}`, text: meaning },
  }));
}

/** What XML 1.0 cannot hold, not even escaped, is written as `\u001b`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML refuses
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;

function xml(text: string): string {
  return text
    .replace(UNWRITABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\t/g, "&#9;")
    .replace(/\r/g, "&#13;");
}
