import { drawLines, type Line } from "./line-chart.js";
import { readData } from "./read-data.js";

interface SeriesData {
  readonly axis: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly Line[];
}

const HEIGHT = 320;

/** Puts a drawing that answers to the pointer in the place of each that stands for it. */
export function showLongSeries(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-series]")) {
    const { axis, times, series } = readData<SeriesData>(place.dataset.series ?? "");
    drawLines(place, times, series, { axis, height: HEIGHT });
    place.classList.add("drawn");
  }
}
