import { html } from "../../html/html.js";
import type { PageSection } from "../../html/page.js";
import type { RunPageData } from "../run-page-data.js";

/** What a page shows of each table, where the run has it. */
const SHOWN_OF: Readonly<Record<string, string>> = {
  holdings: "how multipliers and holding are spread, and their course for each miner",
  weights: "the multiplier that was applied, and inequality before and under the rule",
  rewards: "pay over time for each miner",
  tranches: "the age of what is held, and the tranches of each miner",
  exits: "what left and why",
  rejections: "withdrawals of more than there was",
  unexplained: "flows that no event explains",
};

/** Tables that only some scenarios fill. */
const OF_INDEX: Readonly<Record<string, string>> = {
  nav: "NAV and premium",
  payouts: "income by tier",
  slashes: "the slashing timeline",
};
const OF_LOOP: Readonly<Record<string, string>> = { pools: "the price of alpha over time" };

/** What the run did not record and the page therefore does not show; null: nothing is missing. */
export function absentSection({ summary, holding }: RunPageData): PageSection | null {
  const hasPool = summary.closed_loop?.subnets.some(({ pool }) => pool !== null) === true;
  const wanted = { ...SHOWN_OF, ...(summary.index === null ? {} : OF_INDEX), ...(hasPool ? OF_LOOP : {}) };
  const absent = Object.entries(wanted).filter(([table]) => !summary.tables.includes(table));
  const isEmpty = summary.tables.includes("holdings") && holding.every(({ held_share }) => held_share === null);
  if (absent.length === 0 && !isEmpty) return null;
  const tables = [...summary.tables, ...absent.map(([table]) => table)].join(", ");
  const missing = html`<p>The run did not record these tables. To see what they show, run the scenario again with <code>record.tables: [${tables}]</code>.</p>
<ul>${absent.map(([table, what]) => html`<li><code>${table}</code>: ${what}</li>`)}</ul>`;
  const empty = html`<p>The table <code>holdings</code> has no row of a miner, or of another position that was paid: how multipliers and holding are spread cannot be shown.</p>`;
  const content = html`${absent.length === 0 ? null : missing}${isEmpty ? empty : null}`;
  return { id: "not-recorded", title: "What was not recorded", content };
}
