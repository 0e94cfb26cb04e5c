import { profitEach } from "../../../recorders/index.js";
import { formatFixed, formatShare, formatTao, ordinal } from "../../format/numbers.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { factsList } from "../../html/facts-list.js";
import { chartFigure, figures } from "../../html/figure.js";
import { type Html, html } from "../../html/html.js";
import { longSeries } from "../../html/long-series.js";
import type { PageSection } from "../../html/page.js";
import { drawSideBars } from "../../html/side-bars.js";
import { closedLoopFacts, rankedAlternatives, ratingColumns, ratingRows, STRATEGY_COLUMNS } from "../../text/closed-loop-text.js";
import { HANDED_OVER_COLUMNS } from "../../text/handed-over-text.js";
import { sqlCommand } from "../../text/sql-command.js";
import { SUBNETS_DRAWN } from "../page-subnets.js";
import type { RunPageData } from "../run-page-data.js";
import { absentNote } from "./absent-tables.js";

/** What each strategy made, side by side; null: nobody decides for itself. */
export function strategySection(data: RunPageData): PageSection | null {
  const { closed_loop: loop, handed_over: handed } = data.summary;
  if (loop === null && handed === null) return null;
  const content = html`${loop === null ? null : loopContent(data, loop)}${handed === null ? null : handedTable(handed)}`;
  return { id: "strategies", title: "Strategies", content };
}

type Loop = NonNullable<RunPageData["summary"]["closed_loop"]>;

/** Subnets whose strategies are drawn; with alternatives there is one a strategy, and their table says what decides. */
const SUBNETS_SHOWN = 3;

function loopContent(data: RunPageData, loop: Loop): Html {
  const alternatives = rankedAlternatives(loop);
  const ratings = ratingRows(loop);
  const shown = alternatives === null ? loop.subnets.slice(0, SUBNETS_SHOWN) : [];
  return html`${factsList(closedLoopFacts(loop))}
${figures(alternatives === null ? null : alternativesFigure(data, alternatives), ...shown.flatMap((subnet) => subnetFigures(data, subnet)), ...data.prices.slice(0, SUBNETS_DRAWN).map((course) => priceFigure(data, course)), absentNote(data, "pools"))}
${shown.map(({ netuid, strategies }) =>
  dataTable(STRATEGY_COLUMNS, strategies, {
    caption: `What each strategy made on subnet ${netuid}: paid in alpha, profit at the last price`,
    sortable: true,
  }),
)}${ratings.length === 0 ? null : dataTable(ratingColumns(loop), ratings, { caption: "What validators rated: means over epochs", sortable: true })}`;
}

function alternativesFigure({ run }: RunPageData, { base, ranked, columns }: NonNullable<ReturnType<typeof rankedAlternatives>>): Html {
  const [best] = ranked;
  const values = ranked.map(({ own }) => profitEach(own));
  const title = `${best.name} makes most of ${base.own.group}: ${formatTao(values[0])} TAO a miner`;
  return chartFigure({
    id: "alternatives",
    title,
    unit: "profit, TAO a miner, at the last price",
    caption:
      "Each strategy on a subnet of its own, with the same draws for everybody. One run: it has no interval; `tenure run --replicates` gives one.",
    drawing: drawSideBars(title, {
      names: ranked.map(({ name }) => name),
      parts: [{ colour: colour(0), values }],
      axis: "TAO a miner",
      labels: values.map((value) => formatFixed(value, 3)),
    }),
    command: sqlCommand(
      run,
      "SELECT group_name, strategy, avg(profit_tao) AS profit_tao FROM agents GROUP BY ALL ORDER BY profit_tao DESC",
    ),
    rows: dataTable(columns, ranked, { caption: "What strategies would make" }),
    wide: true,
  });
}

function subnetFigures({ run }: RunPageData, { netuid, strategies }: Loop["subnets"][number]): Html[] {
  const ranked = [...strategies].filter(({ begun }) => begun > 0).sort((a, b) => profitEach(b) - profitEach(a));
  if (ranked.length === 0) return [];
  const profits = ranked.map(profitEach);
  const paid = [...ranked].sort((a, b) => gainOf(b) - gainOf(a));
  const gains = paid.map(gainOf);
  const profit = `${ranked[0].group} make most: ${formatTao(profits[0])} TAO each`;
  const signed = (share: number) => `${share > 0 ? "+" : ""}${formatShare(share)}`;
  const ends = [...new Set([0, paid.length - 1])].map((at) => `${paid[at].group} ${signed(gains[at])}`);
  const gain = `Against base weights alone the rule pays ${ends.join(" and ")}`;
  const query =
    "SELECT group_name, strategy, count(*) AS miners, avg(profit_tao) AS profit_tao, sum(paid_rao) / sum(entitled_rao) - 1 AS gain FROM agents GROUP BY ALL ORDER BY profit_tao DESC";
  return [
    chartFigure({
      id: `profit-${netuid}`,
      title: profit,
      unit: "profit, TAO a miner, at the last price",
      caption: "TAO and stake at the end, less those at the beginning, stake at the prices of then; mean over the miners of a group.",
      drawing: drawSideBars(profit, {
        names: ranked.map(({ group }) => group),
        parts: [{ colour: colour(0), values: profits }],
        axis: "TAO a miner",
        labels: profits.map((value) => formatFixed(value, 3)),
      }),
      command: sqlCommand(run, query),
    }),
    ...(gains.every((share) => Math.abs(share) < LEAST_GAIN)
      ? []
      : [
          chartFigure({
            id: `gain-${netuid}`,
            title: gain,
            unit: "pay against what base weights alone would pay, 0 is no difference",
            caption: "What a group was paid, over what base weights alone would have paid it, less 1.",
            drawing: drawSideBars(gain, {
              names: paid.map(({ group }) => group),
              parts: [{ colour: colour(2), values: gains }],
              axis: "% of base pay",
              percent: true,
              labels: gains.map(formatShare),
            }),
            command: sqlCommand(run, query),
          }),
        ]),
  ];
}

/** Below it nobody is paid anything else: a share that is shown with two decimals of a percent. */
const LEAST_GAIN = 5e-5;

function gainOf({ paid_rao, entitled_rao }: Loop["subnets"][number]["strategies"][number]): number {
  return entitled_rao === "0" ? 0 : Number(paid_rao) / Number(entitled_rao) - 1;
}

function priceFigure({ run, prices }: RunPageData, { netuid, times_ms, price_tao, step }: RunPageData["prices"][number]): Html {
  const of = prices.length > 1 ? `Subnet ${netuid}: ` : "";
  const title = `${of}The price of alpha goes from ${price_tao[0].toPrecision(4)} to ${price_tao[price_tao.length - 1].toPrecision(4)} TAO`;
  return chartFigure({
    id: `price-${netuid}`,
    title,
    unit: "TAO an alpha, in the pool",
    caption: `At the end of ${step === 1 ? "each epoch" : `every ${ordinal(step)} epoch`} that was recorded, after everyone acted.`,
    drawing: longSeries({
      id: `price-${netuid}`,
      label: title,
      timesMs: times_ms,
      series: [{ name: "price", colour: colour(0), values: price_tao }],
      axis: "TAO",
    }),
    command: sqlCommand(run, `SELECT time_ms, price_tao FROM pools WHERE netuid = ${netuid} ORDER BY time_ms`),
    wide: true,
  });
}

function handedTable({ miners }: NonNullable<RunPageData["summary"]["handed_over"]>): Html {
  return dataTable(HANDED_OVER_COLUMNS, miners, {
    caption: "What strategies made of handed-over positions, against what the recording has them do",
  });
}
