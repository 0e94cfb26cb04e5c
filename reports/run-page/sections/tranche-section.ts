import { formatTokensShort } from "../../format/amount.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawSideBars } from "../../html/side-bars.js";
import { drawStackedBars } from "../../html/stacked-bars.js";
import { sqlCommand } from "../../text/sql-command.js";
import type { RunPageData } from "../run-page-data.js";
import { perSpan, spanStartSql, spanStarts, spanWords } from "../time-grid.js";
import { absentNote } from "./absent-tables.js";

const ALPHA = 1e-9;
const MONTH_DAYS = 30;

/** What is held at the end, and what left meanwhile; null: no table tells. */
export function trancheSection(data: RunPageData): PageSection | null {
  const shown = [pyramidFigure(data) ?? absentNote(data, "tranches"), withdrawalsFigure(data) ?? absentNote(data, "exits")].filter(
    (part) => part !== null,
  );
  return shown.length === 0 ? null : { id: "tranches", title: "What is held, and what left", content: figures(...shown) };
}

function pyramidFigure({ run, age_pyramid: pyramid }: RunPageData): Html | null {
  if (pyramid === null) return null;
  const { from_days: from, emission_rao: emission, manual_rao: manual, tranches } = pyramid;
  const total = from.map((_, at) => emission[at] + manual[at]);
  const all = total.reduce((sum, one) => sum + one, 0);
  const age = Math.min(MONTH_DAYS, from[from.length - 1]);
  const old = total.reduce((sum, one, at) => sum + (from[at] >= age ? one : 0), 0);
  const names = from.map((days, at) => (at === from.length - 1 ? `${days} days and more` : `${days} to ${from[at + 1]} days`));
  const title = `${formatShare(all > 0 ? old / all : 0)} of what is held has been held for ${plural(age, "day")} or more`;
  const key = [
    { label: "from emission", colour: colour(0) },
    { label: "put in", colour: colour(1) },
  ];
  return chartFigure({
    id: "age-pyramid",
    title,
    unit: "alpha held at the end of the run, by age of the tranche",
    caption: `${plural(
      tranches.reduce((sum, one) => sum + one, 0),
      "tranche",
    )} that still hold something, of all positions, the youngest at the top.`,
    drawing: drawSideBars(title, {
      names,
      parts: [
        { colour: colour(0), values: emission.map((rao) => rao * ALPHA) },
        { colour: colour(1), values: manual.map((rao) => rao * ALPHA) },
      ],
      axis: "alpha",
    }),
    key,
    command: sqlCommand(
      run,
      "SELECT date_diff('day', entry_ms, closed_ms) AS age_days, source, sum(remaining_rao) / 1e9 AS alpha, count(*) AS tranches FROM tranches WHERE state = 'held' GROUP BY ALL ORDER BY ALL",
    ),
    rows: dataTable(
      [
        { head: "age", cell: (at: number) => names[at] },
        { head: "tranches", align: "right", cell: (at) => formatCount(tranches[at]) },
        { head: "from emission, alpha", align: "right", cell: (at) => formatTokensShort(BigInt(emission[at])) },
        { head: "put in, alpha", align: "right", cell: (at) => formatTokensShort(BigInt(manual[at])) },
      ],
      from.map((_, at) => at),
      { caption: "What is held, by age" },
    ),
  });
}

function withdrawalsFigure({ run, withdrawals }: RunPageData): Html | null {
  if (withdrawals === null) return null;
  const { grid, reasons } = withdrawals;
  const starts = spanStarts(grid);
  const sums = starts.map((_, at) => reasons.reduce((sum, { amount_rao }) => sum + amount_rao[at], 0));
  const most = sums.indexOf(Math.max(...sums));
  const title = `Most left in the ${spanWords(grid)} from ${formatTime(starts[most])}: ${formatTokensShort(BigInt(Math.round(sums[most])))} alpha`;
  return chartFigure({
    id: "withdrawals",
    title,
    unit: `alpha taken from tranches, ${perSpan(grid)}`,
    caption: "Of all positions, by why it left. A move from one position to another on the same subnet is none.",
    drawing: drawStackedBars(title, {
      startsMs: starts,
      spanMs: grid.span_ms,
      layers: reasons.map(({ amount_rao }, at) => ({ colour: colour(at), values: amount_rao.map((rao) => rao * ALPHA) })),
      axis: "alpha",
    }),
    key: reasons.map(({ reason }, at) => ({ label: reason, colour: colour(at) })),
    command: sqlCommand(
      run,
      `SELECT ${spanStartSql(grid, "time_ms")} AS span_start, reason, sum(amount_rao) / 1e9 AS alpha FROM exits GROUP BY ALL ORDER BY ALL`,
    ),
  });
}
