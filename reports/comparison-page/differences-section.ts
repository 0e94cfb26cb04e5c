import type { FigureDifferenceReport } from "../compare/difference-report.js";
import { alikeWords, distinctDifferences } from "../compare/distinct-differences.js";
import { isOfStrategy } from "../compare/strategy-differences.js";
import { formatFigure } from "../format/figure.js";
import { formatFigureChange } from "../format/figure-change.js";
import { formatCount, plural } from "../format/numbers.js";
import { type DataColumn, dataTable } from "../html/data-table.js";
import { chartFigure, figures } from "../html/figure.js";
import { html } from "../html/html.js";
import { drawIntervals } from "../html/interval-chart.js";
import type { PageSection } from "../html/page.js";
import { sqlCommand } from "../text/sql-command.js";
import type { ComparisonPageData } from "./read-comparison.js";
import { verdictWords } from "./verdict-words.js";

/** Rows of a drawing. */
const MOST_ROWS = 24;
/** A figure that multiplies would press all others together. */
const MOST_CHANGE = 2;

/** How every figure differs, and what of it is more than luck. */
export function differencesSection({ comparison, folder }: ComparisonPageData): PageSection {
  const all = comparison.figures.filter(({ name }) => !isOfStrategy(name));
  const distinct = distinctDifferences(comparison.figures);
  const relative = distinct.differing.flatMap(({ name, a, difference: { mean, interval, verdict } }) => {
    const part = (value: number) => (100 * value) / Math.abs(a.mean);
    if (a.mean === 0 || Math.abs(mean / a.mean) > MOST_CHANGE) return [];
    return [
      {
        name,
        value: part(mean),
        low: interval === null ? null : part(interval.low),
        high: interval === null ? null : part(interval.high),
        verdict,
      },
    ];
  });
  const shown = relative.slice(0, MOST_ROWS);
  const sure = distinct.told_apart.length;
  const count = distinct.differing.length;
  const title = `${sure === 0 ? "None" : formatCount(sure)} of ${plural(count, "figure")} that ${count === 1 ? "differs" : "differ"} ${sure > 1 ? "are" : "is"} told apart by ${plural(comparison.pairs.length, "pair")}`;
  const left = count - shown.length;
  const chart =
    shown.length === 0
      ? null
      : chartFigure({
          id: "differences-chart",
          title,
          unit: "mean difference b - a within pairs, % of the mean in a",
          caption:
            `With 95 % intervals; one that holds 0 may be luck.${left > 0 ? ` ${plural(left, "more figure")} in the table: from 0, or more than ${MOST_CHANGE * 100} %.` : ""} Those of strategies stand below. ${alikeWords(distinct)}`.trim(),
          drawing: drawIntervals(title, shown, { axis: "%" }),
          command:
            comparison.duckdb === null
              ? null
              : sqlCommand(folder, "SELECT figure, avg(a), avg(b), avg(difference) FROM figures GROUP BY figure ORDER BY figure"),
        });
  return {
    id: "differences",
    title: "Differences",
    content: html`${figures(chart)}${dataTable(COLUMNS, all, { caption: "Figures, means over the pairs", sortable: true, search: "Search figures" })}`,
  };
}

const COLUMNS: readonly DataColumn<FigureDifferenceReport>[] = [
  { head: "figure", cell: ({ name, meaning }) => html`<span title="${meaning}">${name}</span>` },
  { head: "a", align: "right", cell: ({ a }) => formatFigure(a.mean) },
  { head: "b", align: "right", cell: ({ b }) => formatFigure(b.mean) },
  { head: "b - a", align: "right", cell: ({ difference }) => formatFigureChange(difference.mean) },
  {
    head: "95 % interval",
    cell: ({ difference: { interval } }) =>
      interval === null ? "" : `${formatFigureChange(interval.low)} to ${formatFigureChange(interval.high)}`,
  },
  { head: "verdict", cell: ({ difference }) => verdictWords(difference) },
  { head: "unit", cell: ({ unit }) => unit },
];
