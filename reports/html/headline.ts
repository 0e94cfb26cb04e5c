import { type Html, html, NOTHING } from "./html.js";

/** One of the numbers that a page begins with. */
export interface HeadlineFigure {
  readonly name: string;
  /** With its unit, formatted. */
  readonly value: string;
  /** How it differs from what it is compared with: "+0.0162 against 0.3547 before the rule"; null: nothing to compare with. */
  readonly change: string | null;
}

export function headline(all: readonly HeadlineFigure[]): Html {
  const parts = all.map(
    ({ name, value, change }) =>
      html`<div><dt>${name}</dt><dd><b>${value}</b>${change === null ? NOTHING : html`<span>${change}</span>`}</dd></div>`,
  );
  return html`<dl class="headline">${parts}</dl>`;
}
