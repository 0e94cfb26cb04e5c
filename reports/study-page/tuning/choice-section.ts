import { formatFigure } from "../../format/figure.js";
import { formatCount } from "../../format/numbers.js";
import { factsList } from "../../html/facts-list.js";
import { html, NOTHING } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { shellWord } from "../../text/shell-word.js";
import { findingWords } from "../../tuning/findings-text.js";
import type { TuningReport } from "../../tuning/tuning-report.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** What was chosen, why, and what the data decide and what not, in words. */
export function choiceSection({ study, tuning }: TuningPageData): PageSection {
  const trial = tuning.trials.find((one) => one.trial === tuning.chosen);
  const content =
    trial === undefined
      ? html`<p>Nothing was chosen: no trial finished and keeps the limits.</p>`
      : html`<p>${whyWords(tuning)}</p>
${factsList([
  ...Object.entries(trial.set).map(([path, value]) => [path, String(value)] as const),
  ...tuning.objectives.map(({ name }) => [name, figureWords(tuning, name)] as const),
])}
<p>To take it over:</p><pre tabindex="0"><code>npx tenure studies apply ${shellWord(study)} --pick ${trial.trial}</code></pre>`;
  const said = tuning.findings.map(findingWords);
  return {
    id: "choice",
    title: "What is chosen",
    content: html`${content}${said.length === 0 ? NOTHING : html`<h3>What the data decide, and what not</h3><ul>${said.map((words) => html`<li>${words}</li>`)}</ul>`}`,
  };
}

function whyWords({ chosen, front, objectives }: TuningReport): string {
  return objectives.length > 1
    ? `Trial ${chosen}: of ${formatCount(front.length)} on the front the nearest to the best of each objective at once.`
    : `Trial ${chosen}: the one whose neighbourhood is best at its worst, and of equals the one that is best itself.`;
}

function figureWords({ trials, chosen, base }: TuningReport, name: string): string {
  const own = trials.find(({ trial }) => trial === chosen)?.objectives?.[name];
  const now = base?.[name];
  if (own === undefined) return "";
  const range = own.interval === null ? "" : ` (95 % interval ${formatFigure(own.interval.low)} to ${formatFigure(own.interval.high)})`;
  return `${formatFigure(own.mean)}${range}${now === undefined ? "" : `; now ${formatFigure(now.mean)}`}`;
}
