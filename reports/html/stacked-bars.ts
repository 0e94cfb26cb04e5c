import * as Plot from "@observablehq/plot";
import type { Html } from "./html.js";
import { CHART_HEIGHT, CHART_WIDTH, drawPlot } from "./plot.js";

/** Bars over spans of time, one layer a series. */
export interface StackedBars {
  /** Starts of the spans, and their length, ms. */
  readonly startsMs: readonly number[];
  readonly spanMs: number;
  readonly layers: readonly { readonly colour: string; readonly values: readonly number[] }[];
  readonly axis: string;
  /** Values are whole, and so is what stands at the axis. */
  readonly isCount?: boolean;
  readonly wide?: boolean;
}

/** So many ticks find room. */
const FEW = 8;

export function drawStackedBars(label: string, { startsMs, spanMs, layers, axis, isCount, wide }: StackedBars): Html {
  const below = startsMs.map(() => 0);
  const marks = layers.map(({ colour, values }) => {
    const rows = values.flatMap((value, at) => {
      if (value === 0) return [];
      const from = below[at];
      below[at] += value;
      return [{ x1: new Date(startsMs[at]), x2: new Date(startsMs[at] + spanMs), y1: from, y2: below[at] }];
    });
    return Plot.rect(rows, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: colour, inset: startsMs.length > 80 ? 0 : 0.5 });
  });
  return drawPlot(label, {
    width: wide === true ? CHART_WIDTH * 2 : CHART_WIDTH,
    height: CHART_HEIGHT,
    x: { type: "utc", label: null, domain: [new Date(startsMs[0]), new Date(startsMs[startsMs.length - 1] + spanMs)] },
    y: { label: axis, grid: true, nice: true, ...(isCount === true && Math.max(...below) <= FEW ? { interval: 1 } : {}) },
    marks: [...marks, Plot.ruleY([0])],
  });
}
