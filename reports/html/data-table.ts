import { type Html, html, NOTHING } from "./html.js";

/** A column of a table of a page; the columns of a table on the terminal are such. */
export interface DataColumn<Row> {
  readonly head: string;
  readonly align?: "left" | "right";
  /** The cell as it is read. */
  readonly cell: (row: Row) => Html | string;
}

export interface DataTableOptions<Row> {
  /** What the table holds. */
  readonly caption: string;
  /** Lets a reader sort by a column: right-aligned ones as numbers, with their separators and units. */
  readonly sortable?: boolean;
  /** A label for a box that searches the rows; left out: there is none. */
  readonly search?: string;
  /** Anchor of a row. */
  readonly rowId?: (row: Row) => string;
}

/** A table that scrolls by itself where the page is narrow. Sorting and search come with the script of the page. */
export function dataTable<Row>(columns: readonly DataColumn<Row>[], rows: readonly Row[], options: DataTableOptions<Row>): Html {
  const { caption, sortable = false, search, rowId } = options;
  const attribute = ({ align }: DataColumn<Row>) => (align === "right" ? html` class="number"` : NOTHING);
  const head = columns.map((column) => html`<th scope="col"${attribute(column)}>${column.head}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr${rowId === undefined ? NOTHING : html` id="${rowId(row)}"`}>${columns.map((column) => html`<td${attribute(column)}>${column.cell(row)}</td>`)}</tr>\n`,
  );
  const box = search === undefined ? NOTHING : html`<label class="search">${search} <input type="search" data-search></label>`;
  return html`<div class="data-table"${sortable ? html` data-sortable` : NOTHING}>${box}<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption><span class="stays">${caption}</span></caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div></div>`;
}
