import { type Html, html, NOTHING } from "./html.js";

/** A name in the key of a chart. */
export interface KeyEntry {
  readonly label: string;
  /** A CSS colour, as `colour` gives it. */
  readonly colour: string;
}

/** A chart with all that a reader needs to trust it. */
export interface ChartFigure {
  /** Anchor on the page: lower-case letters and hyphens, unique. */
  readonly id: string;
  /** What the chart shows, as a statement: "Multipliers spread in the first month, then settle". */
  readonly title: string;
  /** Unit of the axis that matters: "multiplier, a factor", "alpha a day". */
  readonly unit: string;
  /** How it was made from the rows, and how to read it. */
  readonly caption: string;
  /** The drawing, as `drawPlot` or `longSeries` gives it. */
  readonly drawing: Html;
  readonly key?: readonly KeyEntry[];
  /** A command that answers the rows behind it, such as `tenure sql runs/demo "..."`; null: `rows` are all there is, or the folder has no DuckDB file. */
  readonly command: string | null;
  /** The rows behind it, where they are few. */
  readonly rows?: Html;
  /** Takes the width of the page. */
  readonly wide?: boolean;
}

/** A chart in its frame: title, unit, key, drawing, caption, and the rows behind it. */
export function chartFigure({ id, title, unit, caption, drawing, key = [], command, rows, wide }: ChartFigure): Html {
  const names = key.map((entry) => html`<li><span class="swatch" style="background:${entry.colour}"></span>${entry.label}</li>`);
  const behind =
    command === null && rows === undefined
      ? html`<details><summary>Rows behind it</summary><p>The folder was made with <code>--no-duckdb</code>: run the same command again without it, and this page names the query that answers the rows.</p></details>`
      : html`<details><summary>Rows behind it</summary>${command === null ? NOTHING : html`<pre tabindex="0"><code>${command}</code></pre>`}${rows ?? NOTHING}</details>`;
  return html`<figure class="chart${wide === true ? " wide" : ""}" id="${id}">
<h3>${title}</h3>
<p class="unit">${unit}</p>
${names.length === 0 ? NOTHING : html`<ul class="key">${names}</ul>`}
${drawing}
<figcaption><p>${caption}</p>${behind}</figcaption>
</figure>`;
}

/** Figures side by side where the page is wide enough. */
export function figures(...parts: readonly (Html | null)[]): Html {
  return html`<div class="figures">${parts}</div>`;
}
