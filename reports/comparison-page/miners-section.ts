import * as Plot from "@observablehq/plot";
import type { MinerDifferenceReport } from "../compare/pairs-comparison.js";
import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatChangeShare } from "../format/figure-change.js";
import { formatShare, plural } from "../format/numbers.js";
import { colour } from "../html/colours.js";
import { type DataColumn, dataTable } from "../html/data-table.js";
import { chartFigure, figures } from "../html/figure.js";
import { type Html, html } from "../html/html.js";
import { drawIntervals } from "../html/interval-chart.js";
import type { PageSection } from "../html/page.js";
import { drawPlot } from "../html/plot.js";
import { sqlCommand } from "../text/sql-command.js";
import type { ComparisonPageData } from "./read-comparison.js";
import { verdictWords } from "./verdict-words.js";

/** Winners, and losers, of the drawing. */
const DRAWN = 10;
const MOST_POINTS = 500;
const ALPHA_RAO = 1e9;

/** Who gains and who loses, and how the changes of all miners are spread; null where there is no miner. */
export function minersSection(data: ComparisonPageData): PageSection | null {
  const { comparison } = data;
  if (comparison.miners === 0) return null;
  const { winners, losers } = comparison;
  const all = [...winners, ...[...losers].reverse()];
  return {
    id: "miners",
    title: "Who gains and who loses",
    content: html`${figures(changesFigure(data), endsFigure(data))}${
      all.length === 0
        ? html`<p>Nobody's pay differs.</p>`
        : dataTable(COLUMNS, all, {
            caption: `The ${plural(winners.length, "miner")} that gain most, and the ${losers.length} that lose most, in the mean over the pairs`,
            sortable: true,
            search: "Search miners",
          })
    }`,
  };
}

function changesFigure({ changes, folder, comparison }: ComparisonPageData): Html | null {
  if (changes.length < 2 || changes[0] === changes[changes.length - 1]) return null;
  const step = Math.max(1, (changes.length - 1) / (MOST_POINTS - 1));
  const points = Array.from({ length: Math.min(changes.length, MOST_POINTS) }, (_, at) => {
    const place = Math.min(changes.length - 1, Math.round(at * step));
    return { part: (100 * place) / (changes.length - 1), change: 100 * changes[place] };
  });
  const lose = changes.filter((change) => change < 0).length;
  const title = `${formatShare(lose / changes.length)} of ${plural(changes.length, "miner")} lose, the others gain or stay`;
  return chartFigure({
    id: "changes",
    title,
    unit: "change of a miner's mean pay, % of that in a",
    caption: `Miners from the one that loses most to the one that gains most.`,
    drawing: drawPlot(title, {
      x: { label: "% of the miners", grid: true },
      y: { label: "change, %", grid: true, nice: true },
      marks: [
        Plot.areaY(points, { x: "part", y: "change", fill: colour(0), fillOpacity: 0.25 }),
        Plot.lineY(points, { x: "part", y: "change", stroke: colour(0), strokeWidth: 2 }),
        Plot.ruleY([0], { stroke: "var(--soft)" }),
      ],
    }),
    command:
      comparison.duckdb === null
        ? null
        : sqlCommand(
            folder,
            "SELECT netuid, hotkey, avg(a_rao) / 1e9 AS a, avg(b_rao) / 1e9 AS b, avg(difference_rao) / 1e9 AS change FROM miners GROUP BY netuid, hotkey ORDER BY change",
          ),
  });
}

function endsFigure({ folder, comparison: { winners, losers, duckdb } }: ComparisonPageData): Html | null {
  const rows = [...winners.slice(0, DRAWN), ...losers.slice(0, DRAWN).reverse()];
  const [best] = winners;
  if (rows.length === 0) return null;
  const title =
    best === undefined
      ? "Nobody gains"
      : `${formatAddress(best.hotkey)} gains most, ${formatTokensChange(Math.round(best.difference_rao.mean))} alpha`;
  const alpha = (rao: number | undefined) => (rao === undefined ? null : rao / ALPHA_RAO);
  return chartFigure({
    id: "ends",
    title,
    unit: "mean difference in what a miner is paid over the run, alpha",
    caption:
      "Those that gain most, and those that lose most, with 95 % intervals. An interval answers a question about its miner, not about who stands at the top of a list.",
    drawing: drawIntervals(
      title,
      rows.map(({ hotkey, difference_rao: { mean, interval } }) => ({
        name: formatAddress(hotkey),
        value: mean / ALPHA_RAO,
        low: alpha(interval?.low),
        high: alpha(interval?.high),
      })),
      { axis: "alpha" },
    ),
    command:
      duckdb === null
        ? null
        : sqlCommand(
            folder,
            `SELECT netuid, hotkey, avg(difference_rao) / 1e9 AS change, stddev_samp(difference_rao) / 1e9 AS spread, count(*) AS pairs FROM miners GROUP BY netuid, hotkey ORDER BY change DESC`,
          ),
  });
}

const COLUMNS: readonly DataColumn<MinerDifferenceReport>[] = [
  { head: "hotkey", cell: ({ hotkey }) => hotkey },
  { head: "subnet", align: "right", cell: ({ netuid }) => String(netuid) },
  { head: "a, alpha", align: "right", cell: (one) => formatTokensShort(Math.round(one.mean_a_rao)) },
  { head: "b, alpha", align: "right", cell: (one) => formatTokensShort(Math.round(one.mean_b_rao)) },
  {
    head: "b - a",
    align: "right",
    cell: ({ difference_rao: { mean } }) => formatTokensChange(Math.round(mean)),
  },
  {
    head: "change",
    align: "right",
    cell: ({ change_share: share }) => (share === null ? "" : formatChangeShare(share)),
  },
  { head: "verdict", cell: ({ difference_rao }) => verdictWords(difference_rao) },
];
