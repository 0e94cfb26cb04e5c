import { dataBlock } from "./data-block.js";
import { type Html, html } from "./html.js";
import { type ChartSeries, drawLines } from "./line-chart.js";

/** No series of a page has more points; longer ones are thinned or summed before. */
export const MOST_POINTS = 500;

/** A series in time that a reader can point at and zoom into. */
export interface LongSeries {
  /** As that of the figure. */
  readonly id: string;
  readonly label: string;
  /** Ascending, ms since 1970 UTC; at most `MOST_POINTS`. */
  readonly timesMs: readonly number[];
  readonly series: readonly ChartSeries[];
  /** Name of the vertical axis. */
  readonly axis: string;
}

/** Digits beyond what a screen shows only make the page larger. */
const DIGITS = 7;

/**
 * A drawing that stands on paper and without a script, in whose place the script of the page puts one that answers to a pointer.
 * @throws Error where there are too many points: a page that carries all rows cannot be opened
 */
export function longSeries({ id, label, timesMs, series, axis }: LongSeries): Html {
  if (timesMs.length > MOST_POINTS) throw new Error(`series ${id} has ${timesMs.length} points, more than ${MOST_POINTS}`);
  const values = series.map(({ values }) => values.map((value) => (value === null ? null : Number(value.toPrecision(DIGITS)))));
  const data = {
    axis,
    times: timesMs.map((time) => time / 1000),
    series: series.map(({ name, colour }, at) => ({ name, colour, values: values[at] })),
  };
  return html`<div class="long-series" data-series="${id}-data">${drawLines(label, timesMs, series, { axis, wide: true })}</div>${dataBlock(`${id}-data`, data)}`;
}
