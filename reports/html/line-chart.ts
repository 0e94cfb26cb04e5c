import * as Plot from "@observablehq/plot";
import type { Html } from "./html.js";
import { drawPlot } from "./plot.js";

/** A line of a chart; null where there is no value. */
export interface ChartSeries {
  readonly name: string;
  /** A CSS colour, as `colour` gives it. */
  readonly colour: string;
  readonly values: readonly (number | null)[];
}

/** Lines over time, one a series. */
export function drawLines(
  label: string,
  timesMs: readonly number[],
  series: readonly ChartSeries[],
  { axis, wide = false, zero = false }: { readonly axis: string; readonly wide?: boolean /** Includes 0. */; readonly zero?: boolean },
): Html {
  return drawPlot(label, {
    ...(wide ? { width: 1000, height: 300 } : {}),
    x: { type: "utc", label: null },
    y: { label: axis, grid: true, zero, nice: true },
    marks: series.map(({ values, colour }) =>
      Plot.lineY(timesMs, {
        x: (time: number) => new Date(time),
        y: values.map((value) => value ?? Number.NaN),
        stroke: colour,
        strokeWidth: 1.5,
      }),
    ),
  });
}
