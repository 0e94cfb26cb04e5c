import type { Finding } from "../findings/finding.js";
import { type Html, html, NOTHING } from "./html.js";

/** Text of which what stands in backquotes is code. */
function withCode(text: string): readonly (Html | string)[] {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** The findings of a page: the most serious first, as they are handed over. */
export function findingsList(findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p>No rule of the health check found anything.</p>`;
  const lines = (name: string, all: readonly string[]) =>
    all.length === 0 ? NOTHING : html`<h4>${name}</h4><ul>${all.map((line) => html`<li>${withCode(line)}</li>`)}</ul>`;
  return html`<ol class="findings">${findings.map(
    ({ code, severity, title, evidence, tries }) =>
      html`<li class="${severity}"><h3><span class="severity">${severity}</span> ${withCode(title)}</h3>${lines("Evidence", evidence)}${lines("Try", tries)}<p class="code">${code}</p></li>`,
  )}</ol>`;
}
