import { formatFigure } from "../../format/figure.js";
import { dataTable } from "../../html/data-table.js";
import { html, NOTHING } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import type { FigureSummary } from "../../study-summary.js";
import { intervalWords } from "../../text/advantage-text.js";
import type { ReplicatesPageData } from "./replicates-page-data.js";

/** Every figure with its interval, and the replicates that failed. */
export function figuresSection({ summary: { figures, failed } }: ReplicatesPageData): PageSection {
  const number = (head: string, of: (figure: FigureSummary) => number) => ({
    head,
    align: "right" as const,
    cell: (one: FigureSummary) => formatFigure(of(one)),
  });
  const table = dataTable<FigureSummary>(
    [
      { head: "figure", cell: ({ name, meaning }) => html`<span title="${meaning}">${name}</span>` },
      number("mean", ({ mean }) => mean),
      { head: "95 % interval", cell: ({ low, high, min, max }) => (min === max ? "no variation" : intervalWords(low, high)) },
      number("min", ({ min }) => min),
      number("max", ({ max }) => max),
      { head: "unit", cell: ({ unit }) => unit },
      { head: "n", align: "right", cell: ({ n }) => String(n) },
    ],
    figures,
    { caption: "Figures over the replicates", sortable: true, search: "Search figures" },
  );
  const failures =
    failed.length === 0
      ? NOTHING
      : dataTable(
          [
            { head: "replicate", align: "right", cell: ({ replicate }) => String(replicate) },
            { head: "error", cell: ({ error }) => `${error.code}: ${error.what}` },
          ],
          failed,
          { caption: "Replicates that failed" },
        );
  return { id: "figures", title: "All figures", content: html`${table}${failures}` };
}
