import * as Plot from "@observablehq/plot";
import { quoteText } from "../../../recorders/index.js";
import { formatFigure } from "../../format/figure.js";
import { colour } from "../../html/colours.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawPlot } from "../../html/plot.js";
import type { FigureSummary } from "../../study-summary.js";
import { intervalWords } from "../../text/advantage-text.js";
import { sqlCommand } from "../../text/sql-command.js";
import { shortFigure } from "../../tuning/short-figure.js";
import { KEY_FIGURES } from "./key-figures.js";
import type { ReplicatesPageData } from "./replicates-page-data.js";

/** Up to so many, each replicate is a dot; of more they are counted in bars. */
const MOST_DOTS = 60;
const MOST_FIGURES = 8;

/** How single replicates lie around the mean, of the figures that are looked at first; null where nothing varies. */
export function distributionSection(data: ReplicatesPageData): PageSection | null {
  const varying = data.summary.figures.filter(({ n, min, max }) => n > 1 && max > min);
  const key = KEY_FIGURES.flatMap((name) => varying.filter((figure) => figure.name === name));
  const others = varying.filter((figure) => !key.includes(figure) && !figure.name.includes("/"));
  const shown = [...key, ...others].slice(0, MOST_FIGURES);
  if (shown.length === 0) return null;
  return { id: "draws", title: "How draws lie apart", content: figures(...shown.map((figure, at) => distribution(data, figure, at))) };
}

function distribution({ study, summary, values }: ReplicatesPageData, figure: FigureSummary, at: number): Html {
  const { name, unit, mean, low, high, min, max, meaning } = figure;
  const own = values[name] ?? [];
  const isMany = own.length > MOST_DOTS;
  const title = `${name} lies between ${shortFigure(min)} and ${shortFigure(max)}`;
  const middle = [{ mean, low: low ?? mean, high: high ?? mean }];
  return chartFigure({
    id: `draws-${at}`,
    title,
    unit: unit === "" ? "a number without a unit, replicate by replicate" : `${unit}, replicate by replicate`,
    caption: `${meaning} ${isMany ? "Replicates by value" : "Each replicate a dot"}; the line is the mean, ${formatFigure(mean)}, the band its 95 % interval (${intervalWords(low, high)}).`,
    drawing: drawPlot(title, {
      height: isMany ? 200 : 150,
      marginLeft: 40,
      x: { label: unit === "" || unit === name ? name : `${name}, ${unit}`, grid: true, nice: true },
      y: isMany ? { label: "replicates" } : { axis: null },
      marks: [
        Plot.rectX(middle, { x1: "low", x2: "high", fill: colour(1), fillOpacity: 0.25 }),
        isMany
          ? Plot.rectY(own, { ...Plot.binX({ y: "count" }, { x: (value: number) => value }), fill: colour(0), fillOpacity: 0.7 })
          : Plot.dot(own, Plot.dodgeY({ x: (value: number) => value, fill: colour(0), r: 4 })),
        Plot.ruleX(middle, { x: "mean", stroke: colour(1), strokeWidth: 2 }),
      ],
    }),
    key: [
      { label: "replicates", colour: colour(0) },
      { label: "mean", colour: colour(1) },
    ],
    command:
      summary.duckdb === null
        ? null
        : sqlCommand(study, `SELECT replicate, value FROM figures WHERE figure = ${quoteText(name)} ORDER BY value`),
  });
}
