import { wrapWords } from "../format/wrap-words.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";

/** One quantity of an explanation. */
export interface Term {
  readonly name: string;
  readonly value: string;
  /** What it is or comes from. */
  readonly from: string;
}

const INDENT = 4;

/** Terms as a table; where the terminal is narrow, what each comes from stands on lines of its own below it. */
export function termTable(terms: readonly Term[], style: ReportStyle): string {
  const { legible } = style;
  const rows = terms.map(({ name, value, from }) => ({ name: legible(name), value: legible(value), from: legible(from) }));
  const columns = [
    { head: "term", cell: ({ name }: Term) => name },
    { head: "value", align: "right" as const, cell: ({ value }: Term) => value },
  ];
  const whole = renderTable([...columns, { head: "from", cell: ({ from }: Term) => from }], rows, {
    ...style,
    width: Number.POSITIVE_INFINITY,
  });
  const plain = rows.map(({ name, value, from }) => [name.length, value.length, from.length]);
  const widths = [0, 1, 2].map((at) => Math.max(...plain.map((lengths) => lengths[at]), columns[at]?.head.length ?? 0));
  if (widths[0] + widths[1] + widths[2] + 4 <= style.width) return whole;
  const [head, ...lines] = renderTable(columns, rows, style).split("\n");
  const explained = lines.flatMap((line, at) => [
    line,
    ...wrapWords(rows[at].from, Math.max(style.width - INDENT, 1)).map((part) => " ".repeat(INDENT) + style.dim(part)),
  ]);
  return [head, ...explained].join("\n");
}
