import { formatTokensShort } from "../../format/amount.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import { colour } from "../../html/colours.js";
import { drawShareCurves } from "../../html/curves.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawSideBars } from "../../html/side-bars.js";
import { drawStackedBars } from "../../html/stacked-bars.js";
import type { PayInequality } from "../pay-inequality.js";
import type { RunPageData } from "../run-page-data.js";
import { sqlCommand } from "../sql-command.js";
import { spanStarts, spanWords } from "../time-grid.js";

const ALPHA = 1e-9;

/** How evenly pay is spread, before the rule and under it; null: nobody is paid. */
export function paySection(data: RunPageData): PageSection | null {
  const curves = data.inequality.map((one) => lorenzFigure(data, one));
  return curves.length === 0 ? null : { id: "pay", title: "Pay", content: figures(...curves) };
}

function lorenzFigure({ run, inequality, summary }: RunPageData, { netuid, source, before, under }: PayInequality): Html {
  const of = inequality.length > 1 ? `Subnet ${netuid}: ` : "";
  const change = under === null ? null : under.gini - before.gini;
  const words =
    change === null
      ? ""
      : Math.abs(change) < 5e-5
        ? ", as without the rule"
        : `, ${change > 0 ? "less" : "more"} even than ${before.gini.toFixed(4)} without the rule`;
  const title = `${of}${plural(before.members, "miner")} share pay with a Gini of ${(under ?? before).gini.toFixed(4)}${words}`;
  const wouldBe = summary.multiplier_effect === "replay" || summary.multiplier_effect === "shadow";
  const names = [
    { label: "without the rule", colour: colour(7) },
    ...(under === null ? [] : [{ label: wouldBe ? "as it would be under the rule" : "under the rule", colour: colour(0) }]),
  ];
  const curves = [{ colour: colour(7), points: before.lorenz }, ...(under === null ? [] : [{ colour: colour(0), points: under.lorenz }])];
  const query =
    source === "weights"
      ? `WITH pots AS (SELECT epoch, sum(r.recorded_rao) AS pot FROM rewards r JOIN positions p USING (position) WHERE p.netuid = ${netuid} AND r.role = 'miner' GROUP BY epoch), shares AS (SELECT w.position, w.epoch, w.base_weight / sum(w.base_weight) OVER (PARTITION BY w.epoch) AS base, w.final_weight FROM weights w JOIN positions p USING (position) WHERE p.netuid = ${netuid}) SELECT position, sum(base * pot) / 1e9 AS before_alpha, sum(final_weight * pot) / 1e9 AS under_alpha FROM shares JOIN pots USING (epoch) GROUP BY position ORDER BY under_alpha`
      : `SELECT hotkey, recorded_rao / 1e9 AS before_alpha, paid_rao / 1e9 AS under_alpha FROM positions WHERE netuid = ${netuid} AND role = 'miner' ORDER BY paid_rao`;
  const rows = [
    ["Gini coefficient", before.gini.toFixed(4), under?.gini.toFixed(4) ?? "-"],
    ["few that have more than half", formatCount(before.nakamoto), under === null ? "-" : formatCount(under.nakamoto)],
    ["share of the ten best paid", formatShare(before.top10_share), under === null ? "-" : formatShare(under.top10_share)],
  ];
  return chartFigure({
    id: `lorenz-${netuid}`,
    title,
    unit: "share of the miners, the poorest first, against share of all pay",
    caption: `The Lorenz curve of what each was paid in all. On the dashed line all would be paid alike; the further below, the less even. ${
      source === "weights"
        ? "From base and final weights of each epoch, times its pot."
        : "From what each was recorded to be paid, and was paid."
    }`,
    drawing: drawShareCurves(title, curves, { x: "miners", y: "pay" }),
    key: names,
    command: sqlCommand(run, query),
    rows: dataTable(
      [
        { head: "figure", cell: ([name]: readonly string[]) => name },
        { head: "without the rule", align: "right", cell: ([, value]) => value },
        { head: "under it", align: "right", cell: ([, , value]) => value },
      ],
      rows,
      { caption: "Inequality of pay" },
    ),
  });
}

/** What is held at the end, and what left meanwhile; null: no table tells. */
export function trancheSection(data: RunPageData): PageSection | null {
  const shown = [pyramidFigure(data), withdrawalsFigure(data)].filter((part) => part !== null);
  return shown.length === 0 ? null : { id: "tranches", title: "What is held, and what left", content: figures(...shown) };
}

function pyramidFigure({ run, age_pyramid: pyramid }: RunPageData): Html | null {
  if (pyramid === null) return null;
  const { from_days: from, emission_rao: emission, manual_rao: manual, tranches } = pyramid;
  const total = from.map((_, at) => emission[at] + manual[at]);
  const all = total.reduce((sum, one) => sum + one, 0);
  const month = total.reduce((sum, one, at) => sum + (from[at] >= 30 ? one : 0), 0);
  const names = from.map((days, at) => (at === from.length - 1 ? `${days} days and more` : `${days} to ${from[at + 1]} days`));
  const title = `${formatShare(all > 0 ? month / all : 0)} of what is held has been held for 30 days or more`;
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
  const title = `Most left in the ${spanWords(grid)} from ${formatTime(starts[most])}: ${(sums[most] * ALPHA).toFixed(1)} alpha`;
  return chartFigure({
    id: "withdrawals",
    title,
    unit: `alpha taken from tranches, a ${spanWords(grid)}`,
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
      "SELECT date_trunc('day', time_ms) AS day, reason, sum(amount_rao) / 1e9 AS alpha FROM exits GROUP BY ALL ORDER BY ALL",
    ),
  });
}
