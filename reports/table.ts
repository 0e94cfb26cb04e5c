import CliTable from "cli-table3";
import { wrapWords } from "./format/wrap-words.js";
import type { ReportStyle } from "./style.js";

export interface TableColumn<Row> {
  readonly head: string;
  readonly align?: "left" | "right";
  /** Where columns must go because the terminal is narrow, those with the highest number go first; 0 stays. */
  readonly dropOrder?: number;
  /** Words, that go on below where the terminal is narrow. */
  readonly wraps?: boolean;
  readonly cell: (row: Row) => string;
}

/** Spaces between two columns. */
const GAP = 2;

const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ".repeat(GAP),
};

/**
 * A table without borders. Where it is wider than the terminal, words are wrapped, and whole columns left out and named below it,
 * so that no value is ever cut.
 */
export function renderTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[], style: ReportStyle): string {
  const cells = columns.map((column) => rows.map((row) => style.legible(column.cell(row))));
  const widths = columns.map((column, at) => Math.max(column.head.length, ...cells[at].map((cell) => cell.length)));
  const kept = new Set(columns.keys());
  const total = () => [...kept].reduce((sum, at) => sum + widths[at] + GAP, -GAP);
  const droppable = [...columns.keys()]
    .filter((at) => (columns[at].dropOrder ?? 0) > 0)
    .sort((a, b) => (columns[b].dropOrder ?? 0) - (columns[a].dropOrder ?? 0));
  for (const at of droppable) if (total() > style.width) kept.delete(at);

  const shown = [...kept];
  for (const at of shown.filter((one) => columns[one].wraps === true && total() > style.width)) {
    const room = Math.max(style.width - (total() - widths[at]), columns[at].head.length);
    cells[at] = cells[at].map((cell) => wrapWords(cell, room).join("\n"));
    widths[at] = room;
  }
  const table = new CliTable({
    head: shown.map((at) => style.bold(columns[at].head)),
    colAligns: shown.map((at) => columns[at].align ?? "left"),
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  for (const row of rows.keys()) table.push(shown.map((at) => cells[at][row]));
  const text = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
  if (shown.length === columns.length) return text;
  const hidden = columns.filter((_, at) => !kept.has(at)).map((column) => column.head);
  return [text, ...wrapWords(`(narrow terminal: left out ${hidden.join(", ")})`, style.width).map(style.dim)].join("\n");
}
