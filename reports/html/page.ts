import type { Finding } from "../findings/finding.js";
import { findingsList } from "./findings-list.js";
import { type HeadlineFigure, headline } from "./headline.js";
import { Html, html, NOTHING } from "./html.js";
import { pageCode } from "./page-code.js";
import { REPORT_MARK } from "./report-mark.js";

/** A part of a page with a place in its table of contents. */
export interface PageSection {
  /** Anchor: lower-case letters and hyphens, unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** All that a page says, drawn. */
export interface ReportPage {
  /** What it is about: "demo", "tune-retention", "demo against demo-2". */
  readonly title: string;
  /** Of what kind of folder it is the report. */
  readonly kind: "run" | "study" | "comparison";
  /** What was simulated, in words. */
  readonly lead: Html;
  readonly headline: readonly HeadlineFigure[];
  readonly findings: readonly Finding[];
  /** In their order; what has no data is left out. */
  readonly sections: readonly PageSection[];
  /** Where it comes from: digest, version, command that makes it again. */
  readonly provenance: readonly (readonly [string, string])[];
}

const KINDS = { run: "Report of a run", study: "Report of a study", comparison: "Report of a comparison" } as const;

/**
 * A page as one file that needs nothing else: no network, no other file, no script but its own. The same page has the same bytes:
 * nothing of the machine or of the hour gets into it.
 */
export function pageHtml(page: ReportPage): string {
  const { title, kind, lead, headline: figures, findings, sections, provenance } = page;
  const { style, script, scriptHash } = pageCode();
  const policy = `default-src 'none'; script-src '${scriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  const all: readonly PageSection[] = [{ id: "findings", title: "Findings", content: findingsList(findings) }, ...sections];
  const contents = all.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${REPORT_MARK}
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} - Tenure</title>
<style>${new Html(style)}</style>
</head>
<body>
<header><p class="kind">${KINDS[kind]}</p><h1>${title}</h1>${lead}</header>
<nav aria-label="Contents"><ul>${contents}</ul></nav>
<main id="report">
${figures.length === 0 ? NOTHING : headline(figures)}
${all.map(({ id, title: name, content }) => html`<section id="${id}"><h2>${name}</h2>${content}</section>\n`)}
</main>
<footer><dl class="facts">${provenance.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></footer>
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}
