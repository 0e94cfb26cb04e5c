import { formatTokensShort } from "../../format/amount.js";
import { formatCount, formatShare, ordinal, plural } from "../../format/numbers.js";
import { formatTime } from "../../format/time.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { drawEvents } from "../../html/event-chart.js";
import { factsList } from "../../html/facts-list.js";
import { chartFigure, figures } from "../../html/figure.js";
import { type Html, html } from "../../html/html.js";
import { longSeries } from "../../html/long-series.js";
import type { PageSection } from "../../html/page.js";
import { drawStackedBars } from "../../html/stacked-bars.js";
import { GROUP_COLUMNS, indexFacts, NEVER_STALE, SLASH_COLUMNS, staleWords, tierColumns } from "../../text/index-summary-text.js";
import { sqlCommand } from "../../text/sql-command.js";
import type { RunPageData } from "../run-page-data.js";
import { perSpan, spanStartSql, spanStarts } from "../time-grid.js";
import { absentNote } from "./absent-tables.js";

/** The fund, the tiers and the slashes of an index subnet; null: there is none. */
export function indexSection(data: RunPageData): PageSection | null {
  const { index } = data.summary;
  if (index === null) return null;
  const content = html`${factsList(indexFacts(index))}
${figures(...fundFigures(data), absentNote(data, "nav"), tierFigure(data) ?? absentNote(data, "payouts"), slashFigure(data) ?? absentNote(data, "slashes"))}
${dataTable(tierColumns(index), index.tiers, { caption: "Who earned what, by tier (alpha)", sortable: true })}
${dataTable(GROUP_COLUMNS, index.groups, { caption: "By group (alpha)", sortable: true })}
${index.slashes.length === 0 ? null : dataTable(SLASH_COLUMNS, index.slashes, { caption: "Who was slashed, and why (alpha)" })}`;
  return { id: "index", title: `Index subnet ${index.netuid}`, content };
}

function fundFigures({ run, fund, summary }: RunPageData): Html[] {
  if (fund === null || summary.index === null) return [];
  const { times_ms: timesMs, step, nav_tao: nav, price_tao: price, premium, rows } = fund;
  const shown = step === 1 ? "Every row" : `Every ${ordinal(step)} of ${formatCount(rows)} rows`;
  const stale = staleWords(summary.index);
  const { start_tao: start, end_tao: end } = summary.index.nav;
  const value = `NAV goes from ${start.toFixed(4)} at the founding to ${end.toFixed(4)} TAO a token`;
  const spread = `The premium is ${formatShare(summary.index.premium.mean_absolute)} in size on average, ${formatShare(summary.index.premium.largest)} at most`;
  return [
    chartFigure({
      id: "nav",
      title: value,
      unit: "TAO a token",
      caption: `${shown} of the table nav. ${plural(summary.index.samples, "sample")}, ${stale}${stale === NEVER_STALE ? "" : "; nothing is minted or redeemed then"}.`,
      drawing: longSeries({
        id: "nav",
        label: value,
        timesMs,
        series: [
          { name: "NAV", colour: colour(0), values: nav },
          { name: "market price", colour: colour(1), values: price },
        ],
        axis: "TAO a token",
      }),
      key: [
        { label: "NAV", colour: colour(0) },
        { label: "market price", colour: colour(1) },
      ],
      command: sqlCommand(run, "SELECT time_ms, nav_tao, price_tao, premium, stale FROM nav ORDER BY time_ms"),
      wide: true,
    }),
    chartFigure({
      id: "premium",
      title: spread,
      unit: "premium: market price / NAV - 1, before anyone acted",
      caption: step === 1 ? "Every row of the table nav." : `Of each ${step} rows the one that lies furthest from 0.`,
      drawing: longSeries({
        id: "premium",
        label: spread,
        timesMs,
        series: [{ name: "premium", colour: colour(3), values: premium }],
        axis: "premium",
      }),
      command: sqlCommand(run, "SELECT time_ms, premium FROM nav ORDER BY abs(premium) DESC LIMIT 100"),
      wide: true,
    }),
  ];
}

function tierFigure({ run, tiers, summary }: RunPageData): Html | null {
  if (tiers === null || summary.index === null) return null;
  const { grid } = tiers;
  const total = ({ paid_rao }: (typeof tiers.tiers)[number]) => paid_rao.reduce((sum, rao) => sum + rao, 0);
  const all = tiers.tiers.reduce((sum, tier) => sum + total(tier), 0);
  const most = tiers.tiers.reduce((one, other) => (total(other) > total(one) ? other : one));
  const title = `${most.tier} earns ${formatShare(total(most) / all)} of what participants are paid`;
  return chartFigure({
    id: "tiers",
    title,
    unit: `alpha paid to participants, ${perSpan(grid)}`,
    caption: "By the tier that a participant was in when it was paid; base and bonus together.",
    drawing: drawStackedBars(title, {
      startsMs: spanStarts(grid),
      spanMs: grid.span_ms,
      layers: tiers.tiers.map(({ paid_rao }, at) => ({ colour: colour(at), values: paid_rao.map((rao) => rao * 1e-9) })),
      axis: "alpha",
    }),
    key: tiers.tiers.map(({ tier }, at) => ({ label: tier, colour: colour(at) })),
    command: sqlCommand(
      run,
      `SELECT ${spanStartSql(grid, "time_ms - INTERVAL 1 millisecond")} AS span_start, tier, sum(paid_rao) / 1e9 AS alpha FROM payouts WHERE kind = 'miner' AND paid_rao > 0 GROUP BY ALL ORDER BY ALL`,
    ),
  });
}

const SEVERITIES = ["minor", "moderate", "severe", "critical"] as const;

/** Validators that have a line in the chart. */
const VALIDATORS_DRAWN = 30;

/** Slashes that the table of a page lists. */
const SLASHES_SHOWN = 200;

function slashFigure({ run, slashes, summary }: RunPageData): Html | null {
  if (slashes.length === 0 || summary.period === null) return null;
  const validators = [...new Set(slashes.map(({ validator }) => validator))];
  const drawn = validators.slice(0, VALIDATORS_DRAWN);
  const taken = slashes.reduce((sum, { taken_rao }) => sum + BigInt(taken_rao), 0n);
  const title = `${slashes.length === 1 ? "1 slash" : `${formatCount(slashes.length)} slashes`} of ${plural(validators.length, "validator")} ${slashes.length === 1 ? "takes" : "take"} ${formatTokensShort(taken)} alpha`;
  return chartFigure({
    id: "slashes",
    title,
    unit: "a dot a slash, when it was decided",
    caption: `By severity. What was overturned or is still held back took nothing.${validators.length > drawn.length ? ` The first ${drawn.length} validators that were slashed.` : ""}`,
    drawing: drawEvents(title, {
      names: drawn,
      fromMs: summary.period.start_ms,
      toMs: summary.period.end_ms,
      events: slashes.flatMap(({ time_ms, validator, severity }) =>
        drawn.includes(validator) ? [{ timeMs: time_ms, name: drawn.indexOf(validator), colour: colour(severityPlace(severity)) }] : [],
      ),
    }),
    key: SEVERITIES.flatMap((severity) =>
      slashes.some((slash) => slash.severity === severity) ? [{ label: severity, colour: colour(severityPlace(severity)) }] : [],
    ),
    command: sqlCommand(run, "SELECT * FROM slashes_view ORDER BY time_ms"),
    rows: dataTable(
      [
        { head: "time", cell: ({ time_ms }: (typeof slashes)[number]) => formatTime(time_ms) },
        { head: "validator", cell: ({ validator }) => validator },
        { head: "severity", cell: ({ severity }) => severity },
        { head: "cause", cell: ({ cause }) => cause },
        { head: "state", cell: ({ state }) => state },
        { head: "taken, alpha", align: "right", cell: ({ taken_rao }) => formatTokensShort(taken_rao) },
      ],
      slashes.slice(0, SLASHES_SHOWN),
      { caption: "Slashes" },
    ),
  });
}

/** The graver the warmer. */
function severityPlace(severity: string): number {
  return ({ minor: 0, moderate: 6, severe: 1, critical: 4 } as Readonly<Record<string, number>>)[severity] ?? 7;
}
