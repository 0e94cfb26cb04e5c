import { expect, it } from "vitest";
import type { FigureDifferenceReport } from "../../../reports/compare/difference-report.js";
import { alikeWords, distinctDifferences } from "../../../reports/compare/distinct-differences.js";
import type { PairsComparisonReport } from "../../../reports/compare/pairs-comparison.js";
import { comparisonPage } from "../../../reports/comparison-page/comparison-page.js";
import { comparisonFindings } from "../../../reports/findings/comparison-findings.js";
import { pageHtml } from "../../../reports/html/page.js";

function figure(name: string, a: number, change: number, verdict: string, unit = ""): FigureDifferenceReport {
  const mean = (value: number, spread: number) => ({
    mean: value,
    min: value - spread,
    max: value + spread,
    interval: { low: value - spread, high: value + spread },
    standard_deviation: spread,
  });
  const spread = verdict === "same" ? 0 : 0.01;
  const difference = { ...mean(change, spread), pairs: 12, verdict, pairs_needed: null };
  return { name, unit, meaning: name, a: mean(a, spread), b: mean(a + change, spread), difference } as FigureDifferenceReport;
}

const FIGURES = [
  figure("pot_moved", 0.3, 0.1, "told_apart"),
  figure("gini_after", 0.43804480370066, 0.2, "told_apart"),
  figure("exits", 5, 0, "same"),
  figure("rejections", 0, 0, "same"),
  figure("unallocated", 0, 0, "same"),
  figure("price_end", 0.0433, 0.002, "not_told_apart", "TAO"),
  figure("price_lowest", 0.0433, 0.002, "not_told_apart", "TAO"),
  figure("held_end", 0.0433, 0.002, "not_told_apart"),
  figure("pay_gini", 0.43804480369575, 0.2, "told_apart"),
  figure("pay_gini_by_miner", 0.43804480369575, 0.2, "told_apart"),
  figure("strategy/holders/paid", 1_937, 12, "told_apart", "alpha"),
  figure("strategy/sellers/profit", 80, 1, "not_told_apart", "TAO"),
];

it("each number counts once, those of strategies and those that are the same not among them", () => {
  const found = distinctDifferences(FIGURES);
  expect(found.differing.map(({ name }) => name)).toEqual(["pot_moved", "gini_after", "price_end", "held_end"]);
  expect(found.told_apart.map(({ name }) => name)).toEqual(["pot_moved", "gini_after"]);
  expect(found.open.map(({ name }) => name)).toEqual(["price_end", "held_end"]);
  expect(found.same).toBe(3);
  expect(alikeWords(found)).toBe("One number each, counted once: gini_after = pay_gini = pay_gini_by_miner; price_end = price_lowest.");
  expect(alikeWords(distinctDifferences([]))).toBe("");
});

it("figures that lie as close in one scenario alone are two", () => {
  const near = [figure("one", 1, 0.1, "told_apart"), figure("other", 1, 0.1001, "told_apart")];
  expect(distinctDifferences(near).differing).toHaveLength(2);
});

it("the head of a page, its finding and its chart count over the same figures", () => {
  const comparison = {
    a: { scenario: "a", dir: "x/a" },
    b: { scenario: "b", dir: "x/b" },
    duckdb: null,
    pairs: Array.from({ length: 12 }, (_, at) => at),
    random: ["skill"],
    failed_a: [],
    failed_b: [],
    changed: [],
    confidence: 0.95,
    seed: 1,
    pay_moved: { mean: 0.01, max: 0.02, interval: null },
    figures: FIGURES,
    strategies: [],
    stages: [],
    miners: 0,
    winners: [],
    losers: [],
  } as unknown as PairsComparisonReport;
  const findings = comparisonFindings(comparison);
  expect(findings.map(({ title }) => title)).toContain("2 of 4 figures that differ may do so by luck.");
  const page = comparisonPage({ folder: "x", comparison, changes: [] }, findings);
  expect(page.headline).toContainEqual({
    name: "Figures told apart",
    value: "2 of 4",
    change: "of those that differ, each number once and without those of strategies; 3 are the same",
  });
  const text = pageHtml(page);
  expect(text).toContain("2 of 4 figures that differ are told apart by 12 pairs");
  expect(text).toContain("gini_after = pay_gini = pay_gini_by_miner");
});
