import type { TableAnswer } from "../../recorders/index.js";
import { formatCount } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { isNumeric } from "./answer-values.js";

/** An answer as an aligned table, each value in full. @param limit rows that are shown */
export async function answerText(answer: TableAnswer, limit: number, style: ReportStyle): Promise<string> {
  const rows: (readonly (string | null)[])[] = [];
  for await (const page of answer.pages(limit)) rows.push(...page);
  const columns = answer.columns.map((column, at) => ({
    head: style.legible(column.name),
    align: isNumeric(column) ? ("right" as const) : ("left" as const),
    // The first ones say what a row is about.
    dropOrder: at,
    cell: (row: readonly (string | null)[]) => row[at] ?? "NULL",
  }));
  return `${renderTable(columns, rows, style)}\n${style.dim(countWords(answer.rows, rows.length))}\n`;
}

function countWords(all: number, shown: number): string {
  if (all === 0) return "no rows";
  if (shown === all) return all === 1 ? "1 row" : `${formatCount(all)} rows`;
  return `${formatCount(shown)} of ${formatCount(all)} rows; --limit ${all} shows all`;
}
