import * as Plot from "@observablehq/plot";
import { formatFigure } from "../../format/figure.js";
import { colour } from "../../html/colours.js";
import { dataTable } from "../../html/data-table.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import { drawIntervals } from "../../html/interval-chart.js";
import type { PageSection } from "../../html/page.js";
import { drawPlot } from "../../html/plot.js";
import { intervalWords } from "../../text/advantage-text.js";
import { sqlCommand } from "../../text/sql-command.js";
import { parameterHeads } from "../../tuning/parameter-heads.js";
import { percentOf } from "../../tuning/percent-of.js";
import { shortFigure } from "../../tuning/short-figure.js";
import { trialColumns } from "./trial-columns.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** How much each parameter matters, over a whole grid and by the design of a sensitivity analysis; null where neither was made. */
export function importanceSection(data: TuningPageData): PageSection | null {
  const { objectives } = data.tuning;
  const drawn = objectives.flatMap((_, k) => [gridFigure(data, k), sensitivityFigure(data, k)]);
  const shown = drawn.filter((part) => part !== null);
  return shown.length === 0 ? null : { id: "importance", title: "What matters", content: figures(...shown) };
}

function gridFigure({ study, tuning }: TuningPageData, k: number): Html | null {
  const { name } = tuning.objectives[k];
  const shares = tuning.importance[k]?.parameters;
  if (shares == null || tuning.parameters.length < 2) return null;
  const heads = parameterHeads(tuning.parameters.map(({ path }) => path));
  const bars = shares.flatMap(({ first, total }, p) => [
    { head: heads[p], from: 0, to: first, kind: "alone" },
    { head: heads[p], from: first, to: Math.max(first, total), kind: "together" },
  ]);
  const most = shares.reduce((best, { total }, p) => (total > shares[best].total ? p : best), 0);
  const title = `${heads[most]} makes ${percentOf(shares[most].total)} of what ${name} varies`;
  return chartFigure({
    id: `importance-${k}`,
    title,
    unit: "share of the variance over the grid, 0 to 1",
    caption:
      "Dark: the parameter by itself; light: together with others. Each value of a parameter counts alike, so a wider list makes its parameter matter more.",
    drawing: drawPlot(title, {
      height: 80 + 34 * shares.length,
      marginLeft: 150,
      x: { label: "share of the variance", grid: true, domain: [0, Math.max(1, ...shares.map(({ total }) => total))] },
      y: { type: "band", domain: heads, label: null, tickSize: 0 },
      marks: [
        Plot.barX(bars, {
          x1: "from",
          x2: "to",
          y: "head",
          fill: colour(k),
          fillOpacity: ({ kind }) => (kind === "alone" ? 0.9 : 0.4),
          insetTop: 3,
          insetBottom: 3,
        }),
        Plot.ruleX([0], { stroke: "var(--soft)" }),
      ],
    }),
    command: trialsCommand(study, tuning, k),
    rows: dataTable(
      [
        { head: "parameter", cell: ({ head }) => head },
        { head: "by itself", align: "right", cell: ({ first }) => percentOf(first) },
        { head: "with others", align: "right", cell: ({ total }) => percentOf(total) },
      ],
      shares.map((share, p) => ({ ...share, head: heads[p] })),
      { caption: `What ${name} varies by` },
    ),
  });
}

/** The trials that the shares are made of. */
function trialsCommand(study: string, tuning: TuningPageData["tuning"], k: number): string {
  const { parameters, objectives } = trialColumns(tuning);
  const columns = [...parameters, objectives[k]].join(", ");
  return sqlCommand(study, `SELECT trial, ${columns} FROM trials WHERE status = 'finished' ORDER BY trial`);
}

function sensitivityFigure({ study, tuning }: TuningPageData, k: number): Html | null {
  const result = tuning.sensitivity?.[k];
  if (result?.parameters == null) return null;
  const heads = parameterHeads(tuning.parameters.map(({ path }) => path));
  const { name } = tuning.objectives[k];
  const rows =
    result.kind === "morris"
      ? result.parameters.flatMap((effect, p) =>
          effect === null ? [] : [{ name: heads[p], value: effect.muStar, ...effect.muStarInterval }],
        )
      : result.parameters.map(({ total }, p) => ({ name: heads[p], value: total.value, ...total.interval }));
  if (rows.length === 0) return null;
  const most = rows.reduce((a, b) => (b.value > a.value ? b : a));
  const title = `By its sensitivity, ${name} depends most on ${most.name} (${shortFigure(most.value)})`;
  return chartFigure({
    id: `sensitivity-${k}`,
    title,
    unit:
      result.kind === "morris"
        ? `mean size of the change of ${name} over the whole range (Morris)`
        : "share of the variance, with others (Sobol, total)",
    caption: "With 95 % intervals by the bootstrap; one that holds 0 says that the parameter may not matter.",
    drawing: drawIntervals(title, rows, { axis: result.kind === "morris" ? name : "share of the variance", colour: colour(k) }),
    command: trialsCommand(study, tuning, k),
    rows: dataTable(
      [
        { head: "parameter", cell: ({ name: head }) => head },
        {
          head: result.kind === "morris" ? "mean size of the change" : "share with others",
          align: "right",
          cell: ({ value }) => formatFigure(value),
        },
        { head: "95 % interval", cell: ({ low, high }) => intervalWords(low, high) },
      ],
      rows,
      { caption: `What ${name} depends on` },
    ),
  });
}
