import { type Html, html, NOTHING } from "./html.js";

/** A column of a table of a page. */
export interface DataColumn<Row> {
  readonly title: string;
  /** What the title means, shown where a pointer rests on it. */
  readonly meaning?: string;
  /** The cell as it is read. */
  readonly cell: (row: Row) => Html | string;
  /** What sorting compares; numbers stand at the right. Left out: the text of the cell. */
  readonly value?: (row: Row) => number | null;
}

export interface DataTableOptions {
  /** What the table holds, for those who hear it. */
  readonly caption: string;
  /** Lets a reader sort by a column. */
  readonly sortable?: boolean;
  /** A label for a box that searches the rows; left out: there is none. */
  readonly search?: string;
}

/** A table that scrolls by itself where the page is narrow. Sorting and search come with the script of the page. */
export function dataTable<Row>(columns: readonly DataColumn<Row>[], rows: readonly Row[], options: DataTableOptions): Html {
  const head = columns.map(
    ({ title, meaning, value }) =>
      html`<th scope="col"${value === undefined ? NOTHING : html` class="number"`}${meaning === undefined ? NOTHING : html` title="${meaning}"`}>${title}</th>`,
  );
  const body = rows.map((row) => html`<tr>${columns.map((column) => cellOf(column, row, options.sortable === true))}</tr>\n`);
  const box =
    options.search === undefined ? NOTHING : html`<label class="search">${options.search} <input type="search" data-search></label>`;
  return html`<div class="data-table"${options.sortable === true ? html` data-sortable` : NOTHING}>${box}<div class="scroll" tabindex="0" role="region" aria-label="${options.caption}"><table><caption>${options.caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div></div>`;
}

function cellOf<Row>({ cell, value }: DataColumn<Row>, row: Row, sortable: boolean): Html {
  if (value === undefined) return html`<td>${cell(row)}</td>`;
  const number = value(row);
  return html`<td class="number"${sortable && number !== null ? html` data-value="${number}"` : NOTHING}>${cell(row)}</td>`;
}
