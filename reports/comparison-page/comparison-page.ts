import { distinctDifferences } from "../compare/distinct-differences.js";
import type { Finding } from "../findings/finding.js";
import { formatCount, formatShare, plural } from "../format/numbers.js";
import type { HeadlineFigure } from "../html/headline.js";
import { html } from "../html/html.js";
import type { PageSection, ReportPage } from "../html/page.js";
import { shellWord } from "../text/shell-word.js";
import { changedSection } from "./changed-section.js";
import { differencesSection } from "./differences-section.js";
import { minersSection } from "./miners-section.js";
import type { ComparisonPageData } from "./read-comparison.js";
import { stagesSection } from "./stages-section.js";
import { strategiesSection } from "./strategies-section.js";

/** The sections of the page of a comparison, in their order; one without data is left out. */
const SECTIONS: readonly ((data: ComparisonPageData) => PageSection | null)[] = [
  changedSection,
  differencesSection,
  stagesSection,
  strategiesSection,
  minersSection,
];

/** The page of a comparison by pairs. */
export function comparisonPage(data: ComparisonPageData, findings: readonly Finding[]): ReportPage {
  const { comparison, folder } = data;
  const { a, b, pairs, random, seed } = comparison;
  const words =
    random.length === 0
      ? "Nothing draws random numbers: the differences are exact."
      : `${plural(pairs.length, "pair")} of replicates, each with the same random numbers on both sides: what differs within a pair is the rule's, not the draw's.`;
  return {
    title: `${a.scenario} against ${b.scenario}`,
    kind: "comparison",
    lead: html`<p>a is ${a.scenario}, b is ${b.scenario}. ${words} A difference is b - a.</p>`,
    headline: headlineOf(data),
    findings,
    sections: SECTIONS.flatMap((section) => section(data) ?? []),
    provenance: [
      ["seed", String(seed)],
      ["intervals", `${comparison.confidence * 100} %, Student's t of the differences within pairs`],
      ["sides", `npx tenure show ${shellWord(`${folder}/a`)}; npx tenure show ${shellWord(`${folder}/b`)}`],
    ],
  };
}

function headlineOf({ comparison: { pairs, pay_moved, figures, miners } }: ComparisonPageData): readonly HeadlineFigure[] {
  const { differing, told_apart: sure, same } = distinctDifferences(figures);
  const { mean, interval } = pay_moved;
  return [
    { name: "Pairs", value: formatCount(pairs.length), change: null },
    {
      name: "Pay that goes to others",
      value: formatShare(mean),
      change: interval === null ? null : `${formatShare(interval.low)} to ${formatShare(interval.high)}`,
    },
    {
      name: "Figures told apart",
      value: `${sure.length} of ${differing.length}`,
      change: `of those that differ, each number once and without those of strategies; ${formatCount(same)} are the same`,
    },
    { name: "Miners", value: formatCount(miners), change: null },
  ];
}
