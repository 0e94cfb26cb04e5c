import { expect, it } from "vitest";
import type { StageConfiguration } from "../../../engine/index.js";
import { budgetWords } from "../../../reports/explain/whole-run/budget-words.js";

const budget = (owed: string): StageConfiguration => ({ stage: "budget", parameters: { owed, unit: "usd" } });
const NOTES = new Map([
  [1, "paid"],
  [2, "stale_price"],
  [3, "no_price"],
  [4, "paid"],
  [5, "paid"],
] as const);

it.each([
  ["a price that went stale", "none", 1, 2, "nothing is paid and all stays due: the latest price is too old to pay by"],
  ["a price that is not there", "obligations", 2, 3, "nothing is paid and all stays due: there is no price to pay by"],
  ["a price that came back", "none", 3, 4, "it is paid now: there is a price to pay by, and what was due before still is"],
  ["what is owed", "obligations", 4, 5, "what it and others are owed counts, with the price; its share before does not"],
  ["shares of one amount", "none", 4, 5, null],
  ["nothing known", "none", null, 9, null],
] as const)("a budget is explained by %s", (_, owed, before, to, words) => {
  expect(budgetWords(budget(owed), { from: to, to, before, startMs: 0, endMs: 1, change: "up" }, NOTES)).toBe(words);
});
