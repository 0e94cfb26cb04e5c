import * as Plot from "@observablehq/plot";
import type { Html } from "./html.js";
import { legible } from "./legible.js";
import { drawPlot } from "./plot.js";

/** Bars that lie, one a name, each of one or more parts. */
export interface SideBars {
  readonly names: readonly string[];
  /** Parts of the bars from the axis outwards, by name; a part below 0 lies left of the axis. */
  readonly parts: readonly { readonly colour: string; readonly values: readonly number[] }[];
  readonly axis: string;
  /** The values are shares, and the axis has them in percent. */
  readonly percent?: boolean;
  /** What stands behind a bar. */
  readonly labels?: readonly string[];
}

const BAR_HEIGHT = 22;
/** Letters of a name that there is room for. */
const NAME_LENGTH = 18;

export function drawSideBars(label: string, { names, parts, axis, percent, labels }: SideBars): Html {
  // Two names may be the same when cut: bars are told apart by their place.
  const shown = names.map((name) => {
    const whole = legible(name);
    return whole.length > NAME_LENGTH ? `${whole.slice(0, NAME_LENGTH - 1)}…` : whole;
  });
  const places = names.map((_, place) => place);
  const ends = places.map((place) => parts.reduce((sum, { values }) => sum + values[place], 0));
  const isFlat = parts.every(({ values }) => values.every((value) => value === 0));
  const from = places.map(() => 0);
  const marks = parts.map(({ colour, values }) => {
    const rows = places.map((place) => {
      const start = from[place];
      from[place] += values[place];
      return { place, x1: start, x2: from[place] };
    });
    return Plot.barX(rows, { y: "place", x1: "x1", x2: "x2", fill: colour });
  });
  const texts =
    labels === undefined
      ? []
      : [
          Plot.text(places, {
            y: (place: number) => place,
            x: (place: number) => Math.max(0, ends[place]),
            text: (place: number) => labels[place],
            textAnchor: "start",
            dx: 4,
          }),
        ];
  return drawPlot(label, {
    height: 60 + names.length * BAR_HEIGHT,
    marginLeft: 150,
    marginRight: labels === undefined ? 20 : 80,
    // A scale needs an extent.
    x: { label: axis, grid: true, nice: true, ...(percent === true ? { tickFormat: ".2~%" } : {}), ...(isFlat ? { domain: [0, 1] } : {}) },
    y: { label: null, domain: places, tickFormat: (place: number) => shown[place], tickSize: 0, padding: 0.25 },
    marks: [...marks, Plot.ruleX([0]), ...texts],
  });
}
