import * as Plot from "@observablehq/plot";
import { colour } from "../../html/colours.js";
import { chartFigure, figures } from "../../html/figure.js";
import type { Html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import { drawPlot } from "../../html/plot.js";
import { sqlCommand } from "../../text/sql-command.js";
import { parameterHeads } from "../../tuning/parameter-heads.js";
import { shortFigure } from "../../tuning/short-figure.js";
import { valueLabels } from "../../tuning/value-labels.js";
import { objectiveMap } from "./map-cells.js";
import { trialColumns } from "./trial-columns.js";
import type { TuningPageData } from "./tuning-page-data.js";

/** Pairs of parameters that are drawn; more would bury what matters. */
const MOST_PAIRS = 3;
/** Darkest and lightest shade: a number on it can be read in light and dark. */
const SHADES = { least: 0.04, most: 0.5 };
const ROW_HEIGHT = 26;
/** Room that a letter of an axis takes, and letters that stand upright under a field. */
const LETTER_WIDTH = 7;
const MOST_LETTERS = 8;

/** Maps of each objective over pairs of parameters; null where nothing varies over two. */
export function mapSection(data: TuningPageData): PageSection | null {
  const { parameters, objectives } = data.tuning;
  const pairs = parameters
    .flatMap((_, row) => parameters.slice(row + 1).map((__, at) => [row, row + 1 + at] as const))
    .slice(0, MOST_PAIRS);
  const drawn = pairs.flatMap(([row, column]) => objectives.map((_, k) => mapFigure(data, row, column, k)));
  const shown = drawn.filter((part) => part !== null);
  return shown.length === 0 ? null : { id: "maps", title: "Where it is good", content: figures(...shown) };
}

function mapFigure({ study, tuning }: TuningPageData, row: number, column: number, k: number): Html | null {
  const [rowPath, columnPath] = [tuning.parameters[row].path, tuning.parameters[column].path];
  const { name, better } = tuning.objectives[k];
  const columns = trialColumns(tuning);
  const map = objectiveMap(tuning, rowPath, columnPath, name);
  if (map === null) return null;
  const heads = parameterHeads(tuning.parameters.map(({ path }) => path));
  const best = map.cells.reduce((a, b) => (b.goodness > a.goodness ? b : a));
  const [rowLabel, columnLabel] = [valueLabels(map.rows), valueLabels(map.columns)];
  const title = `${name} is best, ${shortFigure(best.mean)}, at ${heads[row]} ${rowLabel(best.row)} and ${heads[column]} ${columnLabel(best.column)}`;
  const chosen = tuning.trials.find(({ trial }) => trial === tuning.chosen);
  const ring = map.cells.filter((cell) => cell.row === String(chosen?.set[rowPath]) && cell.column === String(chosen?.set[columnPath]));
  const widest = (names: readonly string[]) => Math.max(...names.map((one) => one.length));
  const isTurned = widest(map.columns.map(columnLabel)) > MOST_LETTERS && map.columns.length > 3;
  const averaged = tuning.parameters.length > 2 ? " Means over what else was varied." : "";
  return chartFigure({
    id: `map-${row}-${column}-${k}`,
    title,
    unit: `${name} (the ${better === "max" ? "more" : "less"} the better)`,
    caption: `${rowPath} down, ${columnPath} across; the stronger the colour, the better.${averaged}${ring.length === 0 ? "" : " The frame is the chosen trial."}`,
    drawing: drawPlot(title, {
      height: (isTurned ? 120 : 80) + ROW_HEIGHT * map.rows.length,
      marginLeft: Math.max(60, 36 + LETTER_WIDTH * widest(map.rows.map(rowLabel))),
      ...(isTurned ? { marginBottom: 80 } : {}),
      padding: 0,
      x: {
        type: "band",
        domain: map.columns,
        label: heads[column],
        tickSize: 0,
        tickFormat: columnLabel,
        ...(isTurned ? { tickRotate: -35 } : {}),
      },
      y: { type: "band", domain: map.rows, label: heads[row], tickSize: 0, tickFormat: rowLabel },
      marks: [
        Plot.cell(map.cells, {
          x: "column",
          y: "row",
          fill: colour(0),
          fillOpacity: (cell) => SHADES.least + (SHADES.most - SHADES.least) * cell.goodness,
          inset: 0.5,
        }),
        ...(map.columns.length <= 8
          ? [Plot.text(map.cells, { x: "column", y: "row", text: (cell) => shortFigure(cell.mean), fill: "var(--text)" })]
          : []),
        Plot.cell(ring, { x: "column", y: "row", fill: "none", stroke: "var(--text)", strokeWidth: 2, inset: 1.5 }),
      ],
    }),
    command: sqlCommand(
      study,
      `SELECT ${columns.parameters[row]}, ${columns.parameters[column]}, avg(${columns.objectives[k]}) FROM trials GROUP BY ALL ORDER BY ALL`,
    ),
  });
}
