import { type Html, html } from "./html.js";

/** Names and what they are, one under the other. */
export function wordsTable(rows: readonly (readonly [name: string, words: string])[]): Html {
  return html`<dl class="facts">${rows.map(([name, words]) => html`<div><dt>${name}</dt><dd>${words}</dd></div>`)}</dl>`;
}
