import * as Plot from "@observablehq/plot";
import type { Html } from "./html.js";
import { drawPlot } from "./plot.js";

/** Quantiles over time. */
export interface ChartBands {
  readonly timesMs: readonly number[];
  readonly lowest: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly median: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly highest: readonly (number | null)[];
}

/** A band from the lowest to the highest, a darker one for the middle half, and a line for the median. */
export function drawBands(label: string, bands: ChartBands, { axis, colour }: { readonly axis: string; readonly colour: string }): Html {
  const { timesMs, lowest, lower, median, upper, highest } = bands;
  const x = (time: number) => new Date(time);
  const numbers = (values: readonly (number | null)[]) => values.map((value) => value ?? Number.NaN);
  const band = (from: readonly (number | null)[], to: readonly (number | null)[], fillOpacity: number) =>
    Plot.areaY(timesMs, { x, y1: numbers(from), y2: numbers(to), fill: colour, fillOpacity });
  return drawPlot(label, {
    x: { type: "utc", label: null },
    y: { label: axis, grid: true, nice: true },
    marks: [
      band(lowest, highest, 0.18),
      band(lower, upper, 0.35),
      Plot.lineY(timesMs, { x, y: numbers(median), stroke: colour, strokeWidth: 2 }),
    ],
  });
}
