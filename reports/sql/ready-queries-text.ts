import type { ReadyQuery } from "../queries/index.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";

/** Ready-made queries, each with the question it answers. */
export function readyQueriesText(queries: readonly ReadyQuery[], style: ReportStyle): string {
  const columns = [
    { head: "query", cell: ({ name }: ReadyQuery) => name },
    { head: "of", cell: ({ of }: ReadyQuery) => of },
    { head: "answers", cell: ({ meaning }: ReadyQuery) => meaning, wraps: true },
  ];
  return `${renderTable(columns, queries, style)}\n`;
}
