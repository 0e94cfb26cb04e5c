import * as Plot from "@observablehq/plot";
import { FAINT } from "./colours.js";
import type { Html } from "./html.js";
import { drawPlot } from "./plot.js";

/** Curves from the origin to the far corner, and the diagonal to compare them with. */
export function drawShareCurves(
  label: string,
  curves: readonly { readonly colour: string; readonly points: readonly (readonly [number, number])[] }[],
  { x, y }: { readonly x: string; readonly y: string },
): Html {
  return drawPlot(label, {
    x: { label: x, domain: [0, 1], grid: true, tickFormat: ".0%" },
    y: { label: y, domain: [0, 1], grid: true, tickFormat: ".0%" },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: FAINT, strokeDasharray: "4 4" },
      ),
      ...curves.map(({ colour, points }) =>
        Plot.line(
          points.map(([along, up]) => [along, up]),
          { stroke: colour, strokeWidth: 2 },
        ),
      ),
    ],
  });
}
