import { formatFigure } from "../../format/figure.js";
import { plural } from "../../format/numbers.js";
import { type DataColumn, dataTable } from "../../html/data-table.js";
import { html, NOTHING } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { parameterHeads } from "../../tuning/parameter-heads.js";
import type { TuningTrialReport } from "../../tuning/tuning-report.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** A table of more rows is a file of its own: study.duckdb has all. */
const MOST_TRIALS = 500;

/** Every trial with its values: the chosen one first, then the front, then the others by number. */
export function trialsSection({ tuning, study }: TuningPageData): PageSection {
  const { trials, parameters, objectives, chosen } = tuning;
  const rank = ({ trial, is_on_front }: TuningTrialReport) => (trial === chosen ? 0 : is_on_front ? 1 : 2);
  const shown = [...trials].sort((a, b) => rank(a) - rank(b) || a.trial - b.trial).slice(0, MOST_TRIALS);
  const heads = parameterHeads(parameters.map(({ path }) => path));
  const columns: DataColumn<TuningTrialReport>[] = [
    { head: "trial", align: "right", cell: ({ trial }) => String(trial) },
    ...parameters.map(({ path }, p) => ({
      head: heads[p],
      cell: ({ set }: TuningTrialReport) => String(set[path]),
      align: shown.every(({ set }) => typeof set[path] === "number") ? ("right" as const) : ("left" as const),
    })),
    ...objectives.map(({ name }) => ({
      head: name,
      align: "right" as const,
      cell: ({ objectives: own }: TuningTrialReport) => (own === null ? "" : formatFigure(own[name].mean)),
    })),
    { head: "status", cell: statusWords(chosen) },
  ];
  return {
    id: "trials",
    title: "Trials",
    content: html`${dataTable(columns, shown, { caption: "Trials, the chosen one first, then those on the front", sortable: true, search: "Search trials" })}${
      shown.length < trials.length ? html`<p>${plural(trials.length - shown.length, "more trial")} in ${study}/study.duckdb.</p>` : NOTHING
    }`,
  };
}

function statusWords(chosen: number | null): (trial: TuningTrialReport) => string {
  return ({ trial, status, is_on_front, breaks, error }) =>
    [
      ...(trial === chosen ? ["chosen"] : []),
      ...(is_on_front ? ["front"] : []),
      ...(status === "finished" ? [] : [status]),
      ...(breaks.length === 0 ? [] : [`breaks ${breaks.join(", ")}`]),
      ...(error === null ? [] : [String(error.code)]),
    ].join(", ");
}
