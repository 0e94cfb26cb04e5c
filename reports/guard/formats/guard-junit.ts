import { formatTokensChange } from "../../format/amount.js";
import { PLAIN_STYLE } from "../../style.js";
import { unwrittenWords } from "../baseline/unwritten.js";
import type { GuardReport } from "../guard-report.js";
import { causeMeaning, causeName, firstWords, gainWords, sizeWords } from "./cause-words.js";
import { foundWords } from "./found-words.js";
import { guardText } from "./guard-text.js";
import { junitSuite, type TestCase, xmlLegible } from "./junit-suite.js";

/** What a guard found as JUnit XML: a case for the baseline where it is equal, a failed one a cause, a case an expectation. */
export function guardJunit(report: GuardReport): string {
  const { scenario, unwritten, outcome } = report;
  const warning = unwritten === null ? null : `warning: ${unwrittenWords(unwritten, outcome)}`;
  return junitSuite(`tenure guard ${scenario}`, [...baselineCases(report), ...expectationCases(report)], warning);
}

function baselineCases(report: GuardReport): readonly TestCase[] {
  if (report.outcome === "not_compared") return [];
  if (report.outcome !== "differs") return [{ name: "pay is as the baseline says", fault: null }];
  const text = guardText(report, { ...PLAIN_STYLE, legible: xmlLegible });
  return report.groups.map((group) => {
    const message = `${causeName(group.cause)}: ${sizeWords(group.lines, group.share)}; ${causeMeaning(group)}`;
    const movers = group.figures.lines.map(({ hotkey, changeRao }) => `${xmlLegible(hotkey)} ${formatTokensChange(changeRao)} alpha`);
    return failed(causeName(group.cause), message, [firstWords(group), gainWords(group), ...movers, "", text].join("\n"));
  });
}

function expectationCases({ expectations }: GuardReport): readonly TestCase[] {
  return expectations.map((one) => {
    const { text, met, meaning } = one;
    return met ? { name: text, fault: null } : failed(text, `it is ${foundWords(one)}`, meaning);
  });
}

function failed(name: string, message: string, text: string): TestCase {
  return { name, fault: { kind: "failure", type: "guard", message, text } };
}
