import { type Html, html } from "../../html/html.js";
import type { RunPageData } from "../run-page-data.js";

/** What a page shows of each table, where the run has it. */
const SHOWN_OF = {
  holdings: "how multipliers and holding are spread, and their course for each miner",
  weights: "the multiplier that was applied, and inequality before and under the rule",
  rewards: "pay over time for each miner",
  tranches: "the age of what is held, and the tranches of each miner",
  exits: "what left and why",
  rejections: "withdrawals of more than there was",
  unexplained: "flows that no event explains",
} as const;

/** Tables that only some scenarios fill. */
const OF_STAGES = { stage_weights: "what each stage moves", residuals: "what goes to no miner" } as const;
const OF_INDEX = { nav: "NAV and premium", payouts: "income by tier", slashes: "the slashing timeline" } as const;
const OF_LOOP = { pools: "the price of alpha over time" } as const;

const ALL: Readonly<Record<string, string>> = { ...SHOWN_OF, ...OF_STAGES, ...OF_INDEX, ...OF_LOOP };

/** Tables that this run could have had, and did not record, with what the page would show of them. */
export function absentTables({ summary, stage_names: stages }: RunPageData): readonly (readonly [table: string, what: string])[] {
  const hasPool = summary.closed_loop?.subnets.some(({ pool }) => pool !== null) === true;
  const wanted = {
    ...SHOWN_OF,
    ...(stages.length === 0 ? {} : OF_STAGES),
    ...(summary.index === null ? {} : OF_INDEX),
    ...(hasPool ? OF_LOOP : {}),
  };
  return Object.entries(wanted).filter(([table]) => !summary.tables.includes(table));
}

/** Where the chart of a table would stand: what to record to see it; null: it was recorded, or there is nothing to record. */
export function absentNote(data: RunPageData, table: string): Html | null {
  if (!absentTables(data).some(([absent]) => absent === table)) return null;
  return html`<p class="absent">Not recorded: ${ALL[table]}. Add <code>${table}</code> to <code>record.tables</code> and run the scenario again (<a href="#not-recorded">all that is missing</a>).</p>`;
}
