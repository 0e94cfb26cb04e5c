import type { StrategyDifferenceReport } from "../compare/strategy-differences.js";
import { formatFigureChange } from "../format/figure-change.js";
import { dataTable } from "../html/data-table.js";
import { chartFigure, figures } from "../html/figure.js";
import { html } from "../html/html.js";
import { drawIntervals } from "../html/interval-chart.js";
import type { PageSection } from "../html/page.js";
import { sqlCommand } from "../text/sql-command.js";
import type { ComparisonPageData } from "./read-comparison.js";
import { verdictWords } from "./verdict-words.js";

const MOST_ROWS = 24;
/** Means of doubles that should be equal lie so far apart, and no further. */
const NOISE = 1e-9;

function unlessNoise(change: number): number {
  return Math.abs(change) < NOISE ? 0 : change;
}

/** What the change does to each group of miners who decide for themselves; null where there are none. */
export function strategiesSection({ folder, comparison: { strategies, duckdb } }: ComparisonPageData): PageSection | null {
  const [first] = strategies;
  const last = strategies.at(-1);
  if (first === undefined || last === undefined) return null;
  const title =
    first === last
      ? `A miner of ${first.group} has ${formatFigureChange(first.profit_tao.mean)} TAO`
      : `${first.group} gain most (${formatFigureChange(first.profit_tao.mean)} TAO a miner), ${last.group} least (${formatFigureChange(last.profit_tao.mean)})`;
  const chart = chartFigure({
    id: "strategies-chart",
    title,
    unit: "difference in profit of a miner, TAO",
    caption: "Mean over the pairs, with its 95 % interval; stake counts at the last price of each side.",
    drawing: drawIntervals(
      title,
      strategies.slice(0, MOST_ROWS).map(({ group, profit_tao: { mean, interval } }) => ({
        name: group,
        value: mean,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      })),
      { axis: "TAO" },
    ),
    command:
      duckdb === null
        ? null
        : sqlCommand(
            folder,
            "SELECT figure, avg(difference) AS difference, stddev_samp(difference) AS spread, count(*) AS pairs FROM figures WHERE figure LIKE 'strategy/%/profit' GROUP BY figure ORDER BY difference DESC",
          ),
  });
  const change = (head: string, of: (row: StrategyDifferenceReport) => number | undefined) => ({
    head,
    align: "right" as const,
    cell: (row: StrategyDifferenceReport) => (of(row) === undefined ? "" : formatFigureChange(unlessNoise(of(row) ?? 0))),
  });
  const table = dataTable(
    [
      { head: "group", cell: ({ group }) => group },
      change("profit TAO", ({ profit_tao }) => profit_tao.mean),
      { head: "verdict", cell: ({ profit_tao }) => verdictWords(profit_tao) },
      change("paid alpha", ({ paid_alpha }) => paid_alpha?.mean),
      change("multiplier", ({ multiplier }) => multiplier?.mean),
      change("sell pressure", ({ sell_pressure }) => sell_pressure?.mean),
    ],
    strategies,
    { caption: "Groups of miners, what a miner has more in b than in a", sortable: true },
  );
  return { id: "strategies", title: "Strategies", content: html`${figures(chart)}${table}` };
}
