import type { Finding } from "../../findings/finding.js";
import { formatFigure } from "../../format/figure.js";
import { formatFigureChange } from "../../format/figure-change.js";
import { formatCount } from "../../format/numbers.js";
import type { HeadlineFigure } from "../../html/headline.js";
import { html, NOTHING } from "../../html/html.js";
import type { PageSection, ReportPage } from "../../html/page.js";
import { shellWord } from "../../text/shell-word.js";
import { choiceSection } from "./choice-section.js";
import { frontSection } from "./front-section.js";
import { importanceSection } from "./importance-section.js";
import { mapSection } from "./map-section.js";
import { plateauSection } from "./plateau-section.js";
import { trialsSection } from "./trials-section.js";
import { trustSection } from "./trust-section.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** The sections of the page of a tuning, in their order; one without data is left out. */
const SECTIONS: readonly ((data: TuningPageData) => PageSection | null)[] = [
  choiceSection,
  plateauSection,
  mapSection,
  frontSection,
  trustSection,
  importanceSection,
  trialsSection,
];

/** The page of a tuning. */
export function tuningPage(data: TuningPageData, findings: readonly Finding[]): ReportPage {
  const { tuning } = data;
  return {
    title: tuning.study,
    kind: "study",
    lead: html`${tuning.description === null ? NOTHING : html`<p>${tuning.description}</p>`}<p>${searchWords(data)}</p>`,
    headline: headlineOf(data),
    findings,
    sections: SECTIONS.flatMap((section) => section(data) ?? []),
    provenance: [
      ["scenario", scenarioName(data)],
      ["seed", String(tuning.seed)],
      ["told on the terminal by", `npx tenure studies show ${shellWord(data.study)}`],
    ],
  };
}

/** A file by its own name: a page that is handed on says nothing of the machine. */
function scenarioName({ tuning: { scenario } }: TuningPageData): string {
  return scenario.split(/[/\\]/).at(-1) ?? scenario;
}

function searchWords(data: TuningPageData): string {
  const { tuning } = data;
  const { trials, sampler, replicates, parameters, objectives } = tuning;
  const runs = replicates.length === 1 ? "one run each" : `${replicates.length} replicates each, the same draws for all`;
  const varied = parameters.map(({ path, words }) => `${path} (${words})`).join(", ");
  const wanted = objectives.map(({ name, better }) => `${name} (the ${better === "max" ? "more" : "less"} the better)`).join(", ");
  return `On ${scenarioName(data)}, ${formatCount(trials.length)} trials were run (${sampler}), ${runs}. Varied: ${varied}. Wanted: ${wanted}.`;
}

function headlineOf({ tuning }: TuningPageData): readonly HeadlineFigure[] {
  const { trials, chosen, front, objectives, base } = tuning;
  const own = trials.find(({ trial }) => trial === chosen)?.objectives ?? null;
  return [
    { name: "Trials", value: formatCount(trials.length), change: objectives.length > 1 ? `${front.length} on the front` : null },
    { name: "Chosen", value: chosen === null ? "none" : `trial ${chosen}`, change: null },
    ...objectives.flatMap(({ name }) => {
      const [at, now] = [own?.[name].mean, base?.[name].mean];
      if (at === undefined) return [];
      return [
        {
          name,
          value: formatFigure(at),
          change: now === undefined ? null : `${formatFigureChange(at - now)} against ${formatFigure(now)} now`,
        },
      ];
    }),
  ];
}
