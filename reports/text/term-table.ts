import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";

/** A term of an explanation: its name, its value and where it comes from. */
export interface Term {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

export function termTable(rows: readonly Term[], style: ReportStyle): string {
  return renderTable(
    [
      { head: "term", cell: ({ name }) => name },
      { head: "value", align: "right", cell: ({ value }) => value },
      { head: "from", dropOrder: 1, cell: ({ from }) => from },
    ],
    rows,
    style,
  );
}
