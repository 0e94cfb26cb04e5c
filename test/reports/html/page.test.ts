import { createHash } from "node:crypto";
import { parseHTML } from "linkedom";
import { expect, it } from "vitest";
import { colour } from "../../../reports/html/colours.js";
import { chartFigure } from "../../../reports/html/figure.js";
import { html } from "../../../reports/html/html.js";
import { longSeries, MOST_POINTS } from "../../../reports/html/long-series.js";
import { pageHtml, type ReportPage } from "../../../reports/html/page.js";
import { isReportPage } from "../../../reports/html/report-mark.js";

const EVIL = `<img src=x onerror=alert(1)>"'</title></script>`;

const figure = chartFigure({
  id: "a-chart",
  title: EVIL,
  unit: EVIL,
  caption: EVIL,
  drawing: longSeries({
    id: "a-chart",
    label: EVIL,
    timesMs: [0, 86_400_000],
    series: [{ name: EVIL, colour: colour(0), values: [1, null] }],
    axis: EVIL,
  }),
  key: [{ label: EVIL, colour: colour(0) }],
  command: EVIL,
});

const PAGE: ReportPage = {
  title: EVIL,
  kind: "run",
  lead: html`<p>${EVIL}</p>`,
  headline: [{ name: EVIL, value: EVIL, change: EVIL }],
  findings: [{ code: EVIL, severity: "serious", title: EVIL, evidence: [EVIL], tries: [EVIL] }],
  sections: [{ id: "one", title: EVIL, content: figure }],
  provenance: [[EVIL, EVIL]],
};

it("a page needs nothing else, and lets no script run but its own", () => {
  const text = pageHtml(PAGE);
  const { document } = parseHTML(text);
  const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";
  const own = [...document.querySelectorAll("script")].filter((script) => script.getAttribute("type") === null);
  expect(own).toHaveLength(1);
  const hash = createHash("sha256")
    .update(own[0]?.textContent ?? "")
    .digest("base64");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src 'sha256-${hash}'`);
  expect(policy).not.toContain("http");
  expect([...document.querySelectorAll("[src], link, iframe, object, embed, form")]).toEqual([]);
  expect([...document.querySelectorAll("[href]")].map((link) => link.getAttribute("href"))).toEqual(["#findings", "#one"]);
  expect(document.querySelectorAll("img")).toHaveLength(0);
  expect(document.querySelector("style")?.textContent).not.toMatch(/url\(|@import/);
  expect(isReportPage(text.slice(0, 512))).toBe(true);
  expect(isReportPage(`<!doctype html>\n<title>mine</title>`)).toBe(false);
});

it("a chart has a title, a unit, a caption, a label, marks, and the command behind it", () => {
  const { document } = parseHTML(`<!doctype html><html><body>${pageHtml(PAGE)}</body></html>`);
  const chart = document.querySelector("figure");
  expect(chart?.querySelector("h3")?.textContent).toBe(EVIL);
  expect(chart?.querySelector(".unit")?.textContent).toBe(EVIL);
  expect(chart?.querySelector("figcaption p")?.textContent).toBe(EVIL);
  expect(chart?.querySelector("svg")?.getAttribute("aria-label")).toBe(EVIL);
  expect(chart?.querySelector("details code")?.textContent).toBe(EVIL);
  expect(chart?.querySelectorAll("svg path").length).toBeGreaterThan(0);
});

it("the same page has the same bytes", () => {
  expect(pageHtml(PAGE)).toBe(pageHtml(PAGE));
});

it("more points than a page may carry are refused", () => {
  const values = Array.from({ length: MOST_POINTS + 1 }, (_, at) => at);
  const series = [{ name: "a", colour: colour(0), values }];
  expect(() => longSeries({ id: "x", label: "x", timesMs: values, series, axis: "x" })).toThrow(/501 points/);
});
