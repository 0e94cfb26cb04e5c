import * as Plot from "@observablehq/plot";
import { colour as colourOf } from "./colours.js";
import type { Html } from "./html.js";
import { CHART_WIDTH, drawPlot } from "./plot.js";

/** A value with how well it is known. */
export interface IntervalRow {
  readonly name: string;
  readonly value: number;
  /** Null: nothing says how well. */
  readonly low: number | null;
  readonly high: number | null;
}

const ROW_HEIGHT = 22;
const MARGINS = 70;
/** Room for a name, and letters that have it. */
const NAME_WIDTH = 170;
const NAME_LETTERS = 26;

/** A dot a row with its interval, the rows in the order given, against 0 where that is asked for. */
export function drawIntervals(
  label: string,
  rows: readonly IntervalRow[],
  { axis, zero = true, colour = colourOf(0) }: { readonly axis: string; readonly zero?: boolean; readonly colour?: string },
): Html {
  // Names may be alike once they are short: rows are told apart by their places.
  const places = rows.map((_, place) => place);
  return drawPlot(label, {
    width: CHART_WIDTH,
    height: MARGINS + ROW_HEIGHT * rows.length,
    marginLeft: NAME_WIDTH,
    marginRight: 20,
    x: { label: axis, grid: true, nice: true },
    y: { type: "band", domain: places, label: null, tickFormat: (place: number) => shortName(rows[place].name), tickSize: 0 },
    marks: [
      ...(zero ? [Plot.ruleX([0], { stroke: "var(--soft)" })] : []),
      Plot.link(
        places.filter((place) => rows[place].low !== null),
        {
          x1: (place: number) => rows[place].low,
          x2: (place: number) => rows[place].high,
          y1: (place: number) => place,
          y2: (place: number) => place,
          stroke: colour,
          strokeWidth: 2,
          strokeOpacity: 0.6,
        },
      ),
      Plot.dot(places, { x: (place: number) => rows[place].value, y: (place: number) => place, r: 4, fill: colour }),
    ],
  });
}

/** The end tells names of figures apart. */
function shortName(name: string): string {
  return name.length <= NAME_LETTERS ? name : `…${name.slice(1 - NAME_LETTERS)}`;
}
