import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeHtml, Html } from "./html.js";

/** Width of a chart, CSS pixels: two stand side by side, and one can still be read on a phone. */
export const CHART_WIDTH = 480;
export const CHART_HEIGHT = 270;

/** Numbers of a drawing with more digits than a screen can show. */
const LONG_NUMBER = /-?\d+\.\d{3,}/g;
const DRAWING = ["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points"] as const;

interface DrawnElement {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
  readonly outerHTML: string;
}

/**
 * A chart of Observable Plot as SVG, which follows the colours of the page. Times are UTC, whatever the machine's zone.
 * @param label what it shows, for those who do not see it
 */
export function drawPlot(label: string, options: Plot.PlotOptions): Html {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const drawn = Plot.plot({
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    marginLeft: 56,
    marginBottom: 40,
    marginTop: 26,
    ...options,
    className: "plot",
    document: document as never,
  }) as unknown as DrawnElement;
  for (const style of drawn.querySelectorAll("style")) style.remove();
  for (const element of drawn.querySelectorAll("*")) tidy(element);
  drawn.setAttribute("role", "img");
  drawn.removeAttribute("font-size");
  drawn.removeAttribute("font-family");
  // The label goes in as text of its own, escaped like all text of a page.
  return new Html(drawn.outerHTML.replace("<svg", () => `<svg aria-label="${escapeHtml(label)}"`));
}

/** Without what only a reader of the source would see. */
function tidy(element: DrawnElement): void {
  element.removeAttribute("aria-label");
  for (const name of DRAWING) {
    const value = element.getAttribute(name);
    if (value !== null)
      element.setAttribute(
        name,
        value.replace(LONG_NUMBER, (digits) => String(Math.round(Number(digits) * 100) / 100)),
      );
  }
}
