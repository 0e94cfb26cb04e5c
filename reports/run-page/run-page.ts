import type { Finding } from "../findings/finding.js";
import { formatTokensShort } from "../format/amount.js";
import { formatCount, formatMultiplier, formatShare } from "../format/numbers.js";
import type { HeadlineFigure } from "../html/headline.js";
import { html } from "../html/html.js";
import type { PageSection, ReportPage } from "../html/page.js";
import type { RunPageData } from "./run-page-data.js";
import { holdingSection } from "./sections/holding-section.js";

/** The sections of the page of a run, in their order; one without data is left out. */
const SECTIONS: readonly ((data: RunPageData) => PageSection | null)[] = [holdingSection];

/** The page of a run. */
export function runPage(data: RunPageData, findings: readonly Finding[]): ReportPage {
  const { summary, description } = data;
  return {
    title: summary.scenario,
    kind: "run",
    lead: html`<p>${description}</p>`,
    headline: headlineOf(data),
    findings,
    sections: SECTIONS.flatMap((section) => section(data) ?? []),
    provenance: [
      ["digest", summary.digest],
      ["seed", `${summary.seed}, replicate ${summary.replicate}`],
    ],
  };
}

function headlineOf({ summary }: RunPageData): readonly HeadlineFigure[] {
  const figures: HeadlineFigure[] = [
    { name: "Emission paid", value: `${formatTokensShort(summary.emission_rao)} alpha`, change: null },
    { name: "Epochs", value: formatCount(summary.epochs), change: null },
  ];
  if (summary.metrics !== null) figures.push({ name: "Pot moved", value: formatShare(summary.metrics.pot_moved), change: null });
  if (summary.multiplier !== null) {
    figures.push({ name: "Median multiplier", value: formatMultiplier(summary.multiplier.median), change: null });
  }
  return figures;
}
