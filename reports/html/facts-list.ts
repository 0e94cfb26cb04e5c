import { type Html, html } from "./html.js";

/** Names and values, a line each; one without a name goes on with the one before. */
export function factsList(facts: readonly (readonly [string, string])[]): Html {
  const groups: { name: string; values: string[] }[] = [];
  for (const [name, value] of facts) {
    const last = groups.at(-1);
    if (name === "" && last !== undefined) last.values.push(value);
    else groups.push({ name, values: [value] });
  }
  return html`<dl class="facts">${groups.map(({ name, values }) => html`<div><dt>${name}</dt>${values.map((value) => html`<dd>${value}</dd>`)}</div>`)}</dl>`;
}
