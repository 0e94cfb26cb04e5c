import { html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import type { RunPageData } from "../run-page-data.js";
import { absentTables } from "./absent-tables.js";

/** What the run did not record and the page therefore does not show; null: nothing is missing. */
export function absentSection(data: RunPageData): PageSection | null {
  const { summary, holding } = data;
  const absent = absentTables(data);
  const isEmpty = summary.tables.includes("holdings") && holding.every(({ held_share }) => held_share === null);
  if (absent.length === 0 && !isEmpty) return null;
  const tables = [...summary.tables, ...absent.map(([table]) => table)].join(", ");
  const missing = html`<p>The run did not record these tables. To see what they show, run the scenario again with <code>record.tables: [${tables}]</code>.</p>
<ul>${absent.map(([table, what]) => html`<li><code>${table}</code>: ${what}</li>`)}</ul>`;
  const empty = html`<p>The table <code>holdings</code> has no row of a miner, or of another position that was paid: how multipliers and holding are spread cannot be shown.</p>`;
  const content = html`${absent.length === 0 ? null : missing}${isEmpty ? empty : null}`;
  return { id: "not-recorded", title: "What was not recorded", content };
}
