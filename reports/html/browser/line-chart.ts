import uPlot from "uplot";
import { pageColour } from "./page-colour.js";
import { tickLabels } from "./tick-labels.js";

export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
}

const drawn: { readonly chart: uPlot; readonly place: HTMLElement; readonly height: number }[] = [];

/** Lines over time that answer to the pointer; a drag zooms in, a double click out. */
export function drawLines(
  place: HTMLElement,
  times: readonly number[],
  lines: readonly Line[],
  { axis = "", height = 240 }: { readonly axis?: string; readonly height?: number } = {},
): void {
  const soft = () => pageColour("var(--soft)");
  const faint = () => pageColour("var(--line)");
  const look = { stroke: soft, grid: { stroke: faint, width: 1 }, ticks: { stroke: faint, width: 1 } };
  const options: uPlot.Options = {
    width: place.clientWidth,
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    padding: [12, 36, 0, 0],
    axes: [
      { ...look, space: 90, values: (_, ticks, __, ___, step) => ticks.map((seconds) => tickWords(seconds, step)) },
      {
        ...look,
        values: (_, ticks, __, ___, step) => tickLabels(ticks, step),
        size: (_, labels) => roomFor(labels),
        ...(axis === "" ? {} : { label: axis }),
      },
    ],
    series: [
      {
        label: "time (UTC)",
        value: (_, seconds) => (seconds === null ? "--" : new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")),
      },
      ...lines.map(({ name, colour }) => ({
        label: name,
        value: (_: uPlot, value: number | null | undefined) => pointedAt(value),
        stroke: () => pageColour(colour),
        width: 1.5,
      })),
    ],
  };
  const values = lines.map((line) => line.values.map((value) => (value === null || Number.isNaN(value) ? null : value)));
  if (drawn.length === 0) followPage();
  drawn.push({ chart: new uPlot(options, [[...times], ...values] as uPlot.AlignedData, place), place, height });
}

/** CSS pixels beside an axis: of its ticks, and of a figure in its letters. */
const [BESIDE, FIGURE, LEAST_ROOM] = [20, 7.5, 64];

/** There are no labels before the first layout. */
function roomFor(labels: readonly string[] | null): number {
  return Math.max(LEAST_ROOM, ...(labels ?? []).map((label) => BESIDE + FIGURE * label.length));
}

/** The value under the pointer, with all digits that a page carries. */
function pointedAt(value: number | null | undefined): string {
  return value == null ? "--" : value.toLocaleString("en-US", { maximumSignificantDigits: DIGITS });
}

const DIGITS = 7;
const DAY_S = 86_400;

/** A day, or a time of day where ticks lie closer; the same wherever the page is read. */
function tickWords(seconds: number, step: number): string {
  const [day, time] = new Date(seconds * 1000).toISOString().split("T");
  return step >= DAY_S || time.startsWith("00:00") ? day : time.slice(0, 5);
}

let follows = false;

/** A canvas keeps the size and the colours that it was drawn with. */
function followPage(): void {
  if (follows) return;
  follows = true;
  const everyOne = (change: (one: (typeof drawn)[number]) => void) => () => {
    for (let at = drawn.length - 1; at >= 0; at--) {
      if (drawn[at].place.isConnected) change(drawn[at]);
      else drawn.splice(at, 1)[0].chart.destroy();
    }
  };
  addEventListener(
    "resize",
    everyOne(({ chart, place, height }) => chart.setSize({ width: place.clientWidth, height })),
  );
  matchMedia("(prefers-color-scheme: dark)").addEventListener(
    "change",
    everyOne(({ chart }) => chart.redraw(false, true)),
  );
}
