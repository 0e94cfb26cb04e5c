import type { Line } from "./line-chart.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [480, 240, 56, 10, 24, 10];
const TICKS = 4;
/** CSS pixels. */
const NARROW = 640;

function part(name: string, attributes: Readonly<Record<string, string | number>>, text?: string): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A round number of about a quarter of the largest value. */
function tickStep(largest: number): number {
  const rough = largest / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((step) => step * power >= rough) ?? 10) * power;
}

/** Spans of time, in order; seconds since 1970. */
export interface BarSpans {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Stacked bars over spans of time, with their key; spans that reach beyond the period of the run are cut at its ends. */
export function drawBars(place: HTMLElement, { starts, ends }: BarSpans, layers: readonly Line[], period: readonly [number, number]): void {
  place.append(keyOf(layers));
  // On a phone a wide drawing would have letters that nobody can read.
  const width = place.classList.contains("wide") && place.clientWidth > NARROW ? WIDTH * 2 : WIDTH;
  const svg = part("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, class: "plot", role: "img", fill: "currentColor" });
  svg.setAttribute("aria-label", place.querySelector("h3")?.textContent ?? "");
  const largest = Math.max(...starts.map((_, at) => layers.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))) || 1;
  const [first, last] = [Math.max(starts[0], period[0]), Math.min(ends[ends.length - 1], period[1])];
  const x = (time: number) => LEFT + ((Math.min(last, Math.max(first, time)) - first) / (last - first || 1)) * (width - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / largest) * (HEIGHT - BOTTOM - TOP);
  const step = tickStep(largest);
  for (let value = 0; value <= largest; value += step) {
    svg.append(part("line", { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value), stroke: "var(--line)" }));
    svg.append(
      part(
        "text",
        { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" },
        Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 }),
      ),
    );
  }
  for (const [share, anchor] of [
    [0, "start"],
    [0.5, "middle"],
    [1, "end"],
  ] as const) {
    const time = first + share * (last - first);
    svg.append(part("text", { x: x(time), y: HEIGHT - 6, "text-anchor": anchor }, new Date(time * 1000).toISOString().slice(0, 10)));
  }
  const below = starts.map(() => 0);
  for (const { values, colour } of layers) {
    starts.forEach((start, at) => {
      const value = values[at] ?? 0;
      if (!(value > 0)) return;
      const top = y(below[at] + value);
      const bar = {
        x: x(start) + 0.25,
        y: top,
        width: Math.max(0.5, x(ends[at]) - x(start) - 0.5),
        height: y(below[at]) - top,
        fill: colour,
      };
      svg.append(part("rect", bar));
      below[at] += value;
    });
  }
  place.append(svg);
}

function keyOf(layers: readonly Line[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "key";
  for (const { name, colour } of layers) {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = "swatch";
    swatch.style.background = colour;
    item.append(swatch, name);
    list.append(item);
  }
  return list;
}
