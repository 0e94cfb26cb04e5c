import { accidentOf } from "../../engine/index.js";
import type { Finding } from "../findings/finding.js";
import { factsList } from "../html/facts-list.js";
import { html, NOTHING } from "../html/html.js";
import type { PageSection, ReportPage } from "../html/page.js";
import { runFacts } from "../text/run-summary-text.js";
import { shellWord } from "../text/shell-word.js";
import { headlineFigures } from "./headline-figures.js";
import type { RunPageData } from "./run-page-data.js";
import { absentSection } from "./sections/absent-section.js";
import { holdingSection } from "./sections/holding-section.js";
import { indexSection } from "./sections/index-section.js";
import { irregularSection } from "./sections/irregular-section.js";
import { minerSection } from "./sections/miner-section.js";
import { paySection } from "./sections/pay-section.js";
import { stageSection } from "./sections/stage-section.js";
import { strategySection } from "./sections/strategy-section.js";
import { trancheSection } from "./sections/tranche-section.js";

/** The sections of the page of a run, in their order; one without data is left out. */
const SECTIONS: readonly ((data: RunPageData) => PageSection | null)[] = [
  paySection,
  holdingSection,
  stageSection,
  trancheSection,
  strategySection,
  indexSection,
  irregularSection,
  minerSection,
  absentSection,
];

/** Warnings of accidents that no finding tells of with its evidence. */
function untold(warnings: readonly string[], findings: readonly Finding[]): readonly string[] {
  return warnings.filter((warning) => !findings.some(({ code }) => code === accidentOf(warning)));
}

/** The page of a run. */
export function runPage(data: RunPageData, findings: readonly Finding[]): ReportPage {
  const { summary, description, simulated, run, version } = data;
  const told = [...summary.notes.map((note) => `Note: ${note}`), ...untold(summary.warnings, findings).map((text) => `Warning: ${text}`)];
  return {
    title: summary.scenario,
    kind: "run",
    lead: html`${description === "" ? NOTHING : html`<p>${description}</p>`}<p>${simulated.join(" ")}</p>${told.length === 0 ? NOTHING : html`<ul>${told.map((line) => html`<li>${line}</li>`)}</ul>`}
<details><summary>The run in figures</summary>${factsList(runFacts(summary))}</details>`,
    headline: headlineFigures(data),
    findings,
    sections: SECTIONS.flatMap((section) => section(data) ?? []),
    provenance: [
      ["seed", `${summary.seed}, replicate ${summary.replicate}`],
      ["digest of the run", summary.digest],
      ["made by", `tenure ${version}`],
      ["check it", `npx tenure verify ${shellWord(run)}`],
      ["this page", `npx tenure report ${shellWord(run)}`],
    ],
  };
}
