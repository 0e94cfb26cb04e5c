import type { Finding } from "../../findings/finding.js";
import { formatFigure } from "../../format/figure.js";
import { formatCount, plural } from "../../format/numbers.js";
import type { HeadlineFigure } from "../../html/headline.js";
import { html } from "../../html/html.js";
import type { PageSection, ReportPage } from "../../html/page.js";
import { intervalWords } from "../../text/advantage-text.js";
import { advantageSection } from "./advantage-section.js";
import { distributionSection } from "./distribution-section.js";
import { figuresSection } from "./figures-section.js";
import { KEY_FIGURES } from "./key-figures.js";
import type { ReplicatesPageData } from "./replicates-page-data.js";

/** The sections of the page of many replicates, in their order; one without data is left out. */
const SECTIONS: readonly ((data: ReplicatesPageData) => PageSection | null)[] = [advantageSection, distributionSection, figuresSection];

/** The page of many replicates of a scenario. */
export function replicatesPage(data: ReplicatesPageData, findings: readonly Finding[]): ReportPage {
  const { summary } = data;
  return {
    title: `${summary.scenario}, ${plural(summary.finished, "replicate")}`,
    kind: "study",
    lead: html`<p>${drawnWords(data)}</p>`,
    headline: headlineOf(data),
    findings,
    sections: SECTIONS.flatMap((section) => section(data) ?? []),
    provenance: [
      ["digest", summary.digest],
      ["seed", String(summary.seed)],
      ["intervals", `${summary.confidence * 100} %, Student's t with n - 1 degrees of freedom`],
    ],
  };
}

function drawnWords({ summary: { random, scenario, finished, failed } }: ReplicatesPageData): string {
  const failures = failed.length === 0 ? "" : ` ${plural(failed.length, "replicate")} failed, and no figure counts them.`;
  if (random.length === 0) return `${scenario} draws no random numbers: one replicate says all.${failures}`;
  return `${scenario} was run ${formatCount(finished)} times, each with other random numbers (${random.join(", ")}). An interval says how well a mean is known, not how far single draws lie apart.${failures}`;
}

function headlineOf({ summary }: ReplicatesPageData): readonly HeadlineFigure[] {
  const known = KEY_FIGURES.flatMap((name) => summary.figures.filter((figure) => figure.name === name)).slice(0, 5);
  return [
    {
      name: "Replicates",
      value: formatCount(summary.finished),
      change: summary.failed.length === 0 ? null : `${summary.failed.length} failed`,
    },
    ...known.map(({ name, mean, low, high, unit }) => ({
      name,
      value: `${formatFigure(mean)}${unit === "" ? "" : ` ${unit}`}`,
      change: low === null ? null : `95 % interval ${intervalWords(low, high)}`,
    })),
  ];
}
