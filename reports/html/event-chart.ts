import * as Plot from "@observablehq/plot";
import type { Html } from "./html.js";
import { legible } from "./legible.js";
import { drawPlot } from "./plot.js";

/** Things that happened to some, on a line of time each. */
export interface EventChart {
  readonly names: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** `name`: place in `names`. */
  readonly events: readonly { readonly timeMs: number; readonly name: number; readonly colour: string }[];
}

export function drawEvents(label: string, { names, fromMs, toMs, events }: EventChart): Html {
  return drawPlot(label, {
    height: 70 + 24 * names.length,
    marginLeft: 150,
    x: { type: "utc", label: null, domain: [new Date(fromMs), new Date(toMs)], grid: true },
    y: {
      type: "point",
      label: null,
      domain: names.map((_, place) => place),
      tickFormat: (place: number) => legible(names[place]).slice(0, 18),
    },
    marks: [
      Plot.dot(events, {
        x: (event: EventChart["events"][number]) => new Date(event.timeMs),
        y: "name",
        r: 5,
        fill: (event: EventChart["events"][number]) => event.colour,
      }),
    ],
    color: { type: "identity" },
  });
}
