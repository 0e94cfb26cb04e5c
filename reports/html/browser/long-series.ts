import uPlot from "uplot";
import { pageColour } from "./page-colour.js";
import { readData } from "./read-data.js";

interface SeriesData {
  readonly axis: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly { readonly name: string; readonly colour: string; readonly values: readonly (number | null)[] }[];
}

const HEIGHT = 320;

/** Puts a drawing that answers to the pointer in the place of each that stands for it. */
export function showLongSeries(): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-series]")];
  const drawn = places.map((place) => drawSeries(place));
  const everyOne = (change: (one: (typeof drawn)[number]) => void) => () => drawn.forEach(change);
  addEventListener(
    "resize",
    everyOne(({ chart, place }) => chart.setSize({ width: place.clientWidth, height: HEIGHT })),
  );
  // A canvas keeps the colours that it was drawn with.
  matchMedia("(prefers-color-scheme: dark)").addEventListener(
    "change",
    everyOne(({ chart }) => chart.redraw(false, true)),
  );
}

function drawSeries(place: HTMLElement): { readonly chart: uPlot; readonly place: HTMLElement } {
  const { axis, times, series } = readData<SeriesData>(place.dataset.series ?? "");
  const lines = {
    stroke: () => pageColour("var(--soft)"),
    grid: { stroke: () => pageColour("var(--line)") },
    ticks: { stroke: () => pageColour("var(--line)") },
  };
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    axes: [lines, { ...lines, label: axis, size: 70 }],
    series: [{ label: "time (UTC)" }, ...series.map(({ name, colour }) => ({ label: name, stroke: () => pageColour(colour), width: 1.5 }))],
  };
  place.classList.add("drawn");
  return { chart: new uPlot(options, [times, ...series.map(({ values }) => values)] as uPlot.AlignedData, place), place };
}
