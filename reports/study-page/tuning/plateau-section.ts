import * as Plot from "@observablehq/plot";
import { formatFigure } from "../../format/figure.js";
import { colour } from "../../html/colours.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawPlot } from "../../html/plot.js";
import { sqlCommand } from "../../text/sql-command.js";
import { parameterHeads } from "../../tuning/parameter-heads.js";
import { shortFigure } from "../../tuning/short-figure.js";
import type { TuningReport } from "../../tuning/tuning-report.js";
import { valueLabels } from "../../tuning/value-labels.js";
import { alongAxis } from "./axis-trials.js";
import { trialColumns } from "./trial-columns.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** Of fewer values a line shows nothing. */
const FEWEST = 3;

/** How the objectives change around the choice: on a plateau a neighbour is nearly as good; null where the trials do not lie so. */
export function plateauSection({ study, tuning }: TuningPageData): PageSection | null {
  const drawn = tuning.parameters.flatMap((_, p) => tuning.objectives.map((__, k) => axisFigure(study, tuning, p, k)));
  const shown = drawn.filter((part) => part !== null);
  return shown.length === 0 ? null : { id: "plateau", title: "Around the choice", content: figures(...shown) };
}

function axisFigure(study: string, tuning: TuningReport, p: number, k: number): Html | null {
  const { parameters, objectives, chosen } = tuning;
  const { path } = parameters[p];
  const { name, better } = objectives[k];
  const head = parameterHeads(parameters.map((one) => one.path))[p];
  const columns = trialColumns(tuning);
  const trials = alongAxis(tuning, path);
  if (trials.length < FEWEST) return null;
  const points = trials.map(({ trial, set, objectives: own }) => ({ x: String(set[path]), isChosen: trial === chosen, ...own?.[name] }));
  const means = points.map(({ mean }) => mean ?? 0);
  const at = points.findIndex(({ isChosen }) => isChosen);
  const steps = [means[at - 1], means[at + 1]].flatMap((one) => (one === undefined ? [] : [Math.abs(one - means[at])]));
  const range = Math.max(...means) - Math.min(...means);
  const title = `One step of ${head} from the choice changes ${name} by ${shortFigure(Math.max(...steps))} at most`;
  const names = points.map(({ x }) => x);
  return chartFigure({
    id: `plateau-${p}-${k}`,
    title,
    unit: `${name} (the ${better === "max" ? "more" : "less"} the better) by ${path}`,
    caption: `Trials that differ from the chosen one (ring) in ${path} alone; over all of its values ${name} moves by ${formatFigure(range)}. Where the line is flat near the ring, the exact value matters little.`,
    drawing: drawPlot(title, {
      x: { type: "point", domain: names, label: head, tickFormat: valueLabels(names) },
      y: { label: name, grid: true, nice: true },
      marks: [
        Plot.ruleX(
          points.filter(({ interval }) => interval != null),
          { x: "x", y1: (one) => one.interval?.low, y2: (one) => one.interval?.high, stroke: colour(k), strokeOpacity: 0.4 },
        ),
        Plot.lineY(points, { x: "x", y: "mean", stroke: colour(k), strokeWidth: 2 }),
        Plot.dot(points, { x: "x", y: "mean", fill: colour(k), r: 3 }),
        Plot.dot(
          points.filter(({ isChosen }) => isChosen),
          { x: "x", y: "mean", stroke: "var(--text)", strokeWidth: 2, r: 8 },
        ),
      ],
    }),
    command: sqlCommand(
      study,
      `SELECT trial, ${columns.parameters[p]}, ${columns.objectives[k]} FROM trials WHERE trial IN (${trials.map(({ trial }) => trial).join(", ")}) ORDER BY ${columns.parameters[p]}`,
    ),
  });
}
